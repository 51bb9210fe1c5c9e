// Loaded before decap-server, which would answer whoever finds its port: with this, only the preview that started it.
const http = require("node:http");

const { emit } = http.Server.prototype;
http.Server.prototype.emit = function (event, ...rest) {
  if (event === "listening") console.log(`port ${this.address().port}`);
  if (event === "request" && rest[0].headers["x-key"] !== process.env.DESK_KEY) {
    rest[1].writeHead(403);
    rest[1].end();
    return true;
  }
  return emit.call(this, event, ...rest);
};
process.stdin.on("end", () => process.exit()).resume(); // the preview has gone, however it went
