// CloudFront Functions (cloudfront-js-2.0), viewer response. Written in what that runtime knows for certain: ES 5.1 with
// `const` and `let`.

/** Which header goes with which path, or, where it ends in `*`, with every path that begins like it. */
const HEADERS = [];

/** CloudFront calls this with every answer that is no error. */
function handler(event) {
  for (let i = 0; i < HEADERS.length; i += 1) {
    const path = HEADERS[i][0];
    const name = HEADERS[i][1].toLowerCase();
    const isStart = path.slice(-1) === "*";
    if (isStart ? event.request.uri.indexOf(path.slice(0, -1)) === 0 : event.request.uri === path) {
      event.response.headers[name] = { value: HEADERS[i][2] };
    }
  }
  return event.response;
}
