// A proxy between the till and a platform that goes wrong on purpose, by a seed.
// usage: node fault_proxy.mjs TARGET-URL SEED PER-MILLE PORT-FILE [CERTIFICATE KEY]
// With a certificate it speaks HTTPS to the till.
// Of so many thousandths of the requests it cuts before the platform has seen
// them, cuts after, delays, cuts the answer in half, says 429 or 503 with or
// without a time to wait, or sends a web page. Every tenth fault is an outage:
// nobody answers for a while. What it did is counted on stdout at the end.
import http from "node:http"
import https from "node:https"
import { readFileSync, writeFileSync, renameSync } from "node:fs"

const [target, seed, perMille, portFile, pem, pemKey] = process.argv.slice(2)
const { hostname, port } = new URL(target)
const counts = {}
let state = BigInt(seed) * 2862933555777941757n + 3037000493n
let outUntil = 0

function random(below) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn
  return Number((state >> 33n) % BigInt(below))
}

const faults = ["before", "after", "slow", "half", "busy", "busy-later", "down", "page"]

function pass(request, body, then) {
  const inner = http.request(
    { hostname, port, method: request.method, path: request.url, headers: request.headers },
    (answer) => {
      const parts = []
      answer.on("data", (part) => parts.push(part))
      answer.on("end", () => then(answer, Buffer.concat(parts)))
    },
  )
  inner.on("error", () => request.socket.destroy())
  inner.end(body)
}

function whole(response, answer, bytes) {
  response.writeHead(answer.statusCode, { ...answer.headers, "content-length": bytes.length })
  response.end(bytes)
}

function handle(request, response, body) {
  if (Date.now() < outUntil) return request.socket.destroy()
  const isFault = random(1000) < Number(perMille)
  const fault = isFault ? faults[random(faults.length)] : "none"
  counts[fault] = (counts[fault] ?? 0) + 1
  if (isFault && random(10) === 0) outUntil = Date.now() + 1500
  switch (fault) {
    case "before":
      return request.socket.destroy()
    case "after":
      return pass(request, body, () => request.socket.destroy())
    case "slow":
      return setTimeout(() => pass(request, body, (a, b) => whole(response, a, b)), 300)
    case "half":
      return pass(request, body, (answer, bytes) => {
        response.writeHead(answer.statusCode, { ...answer.headers, "content-length": bytes.length })
        response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy())
      })
    case "busy":
      return response.writeHead(429).end()
    case "busy-later":
      return response.writeHead(503, { "retry-after": "1" }).end()
    case "down":
      return response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad gateway</html>")
    case "page":
      return response.writeHead(200, { "content-type": "text/html" }).end("<html>Log in</html>")
    default:
      return pass(request, body, (a, b) => whole(response, a, b))
  }
}

const take = (request, response) => {
  const parts = []
  request.on("data", (part) => parts.push(part))
  request.on("end", () => handle(request, response, Buffer.concat(parts)))
  request.on("error", () => {})
}
const server = pem ? https.createServer({ cert: readFileSync(pem), key: readFileSync(pemKey) }, take) : http.createServer(take)
server.listen(0, "127.0.0.1", () => {
  writeFileSync(portFile + ".new", String(server.address().port))
  renameSync(portFile + ".new", portFile)
})
process.on("SIGTERM", () => {
  console.log(JSON.stringify(counts))
  process.exit(0)
})
