// Preloaded into the VS Code server with `node -r`. The workbench encrypts its secret storage with a key half that it asks the
// server for (POST …/mint-key). This server has no such route; without an answer secrets are lost on every reload, which no
// desktop does. A constant is enough: what it protects are made-up credentials in a temporary profile.
const http = require('node:http');

const half = Buffer.alloc(32, 'stream-signer');
const emit = http.Server.prototype.emit;

http.Server.prototype.emit = function answerMintKey(event, ...values) {
  const [request, response] = values;
  if (
    event !== 'request' ||
    request.method !== 'POST' ||
    !new URL(request.url, 'http://_').pathname.endsWith('/mint-key')
  ) {
    return emit.call(this, event, ...values);
  }
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': half.length });
  response.end(half);
  return true;
};
