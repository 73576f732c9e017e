// A Worker that sends its visitors to the quarterly all-hands recording.

const customerHost = 'customer-sample5tud10c0de.cloudflarestream.com';

// Put the cursor here and run "Stream Signer: Sign a Video…".
const allHandsVideoId = '3d8b2f4c6ea059f5bc7d9e80a1b23456';

// The hash of the page template: 32 hex digits too, but no video.
const templateHash = '9e107d9d372bb6826bd81d3542a419d6';

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);

    if (pathname === '/all-hands.m3u8') {
      return Response.redirect(`https://${customerHost}/${allHandsVideoId}/manifest/video.m3u8`, 302);
    }
    if (pathname === '/all-hands.jpg') {
      return Response.redirect(`https://${customerHost}/${allHandsVideoId}/thumbnails/thumbnail.jpg?time=8s`, 302);
    }
    return new Response('Not found', { status: 404, headers: { ETag: `"${templateHash}"` } });
  },
};
