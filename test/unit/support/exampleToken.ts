/**
 * The token that Cloudflare prints as an example in its API reference (`POST …/stream/{identifier}/token`). It died in
 * 2018. Like all tokens the API makes, it carries `exp` and `nbf` as strings.
 */
export const DOCUMENTED_TOKEN =
  'eyJhbGciOiJSUzI1NiIsImtpZCI6ImU5ZGI5OTBhODI2NjZkZDU3MWM3N2Y5NDRhNWM1YzhkIn0.eyJzdWIiOiJlYTk1MTMyYzE1NzMyNDEyZDIyYzE0NzZmYTgzZjI3YSIsImtpZCI6ImU5ZGI5OTBhODI2NjZkZDU3MWM3N2Y5NDRhNWM1YzhkIiwiZXhwIjoiMTUzNzQ2MDM2NSIsIm5iZiI6IjE1Mzc0NTMxNjUifQ.OZhqOARADn1iubK6GKcn25hN3nU-hCFF5q9w2C4yup0C4diG7aMIowiRpP-eDod8dbAJubsiFuTKrqPcmyCKWYsiv0TQueukqbQlF7HCO1TV-oF6El5-7ldJ46eD-ZQ0XgcIYEKrQOYFF8iDQbqPm3REWd6BnjKZdeVrLzuRaiSnZ9qqFpGu5dfxIY9-nZKDubJHqCr3Imtb211VIG_b9MdtO92JjvkDS-rxT_pkEfTZSafl1OU-98A7KBGtPSJHz2dHORIrUiTA6on4eIXTj9aFhGiir4rSn-rn0OjPRTtJMWIDMoQyE_fwrSYzB7MPuzL2t82BWaEbHZTfixBm5A';

export const DOCUMENTED_HEADER = { alg: 'RS256', kid: 'e9db990a82666dd571c77f944a5c5c8d' };

export const DOCUMENTED_CLAIMS = {
  sub: 'ea95132c15732412d22c1476fa83f27a',
  kid: 'e9db990a82666dd571c77f944a5c5c8d',
  exp: '1537460365',
  nbf: '1537453165',
};

/** The public half of the key that signed it, from the same page. */
export const DOCUMENTED_PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAso8vpo8ZDYtd9H3miOim
jap3UyU3J2gy0MF/7TxnRnFy0DzCLjROghVlCHOBllwsUhOFSIrbsx+NmQ7Ay/tL
ZWHlnTawQbyXfF9+Ix8UJseHpFWZ5QygRXwibJ8u1UlglerfG2JnzWcUzYO12JKY
7whJL5j4N1h1dRMQt9CZddYBAds9BvM6r4E071BHPzHVx3+Q25UknlgT5r0Kqb3Q
5cGeNPWcRkymrnBDYdt9txxQLoWOYs5wl2uXXUX/EFp30j546jzs9eXLKbSCn2cL
6ETOzclwhoCDlvkePONkPOK05J5CNmStWa0oaWUFG340YwqUkXkx9Om6wWwReuMn
SQIDAQAB
-----END PUBLIC KEY-----
`;
