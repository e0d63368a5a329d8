// A receiver of events on a TCP port, plain JavaScript so that it is back at once after it was killed. Each connection
// has a file of its own, FOLDER/received-PID-N.json, which ends where the connection ended.
//
//   node receiver.mjs PORT FOLDER     keeps what comes
//   node receiver.mjs PORT            reads nothing, ever

import { createWriteStream } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

const [, , port, folder] = process.argv
let connections = 0

createServer({ pauseOnConnect: folder === undefined }, (socket) => {
  socket.on('error', () => {})
  if (folder === undefined) return
  connections++
  socket.pipe(createWriteStream(join(folder, `received-${process.pid}-${connections}.json`)))
}).listen(Number(port), '127.0.0.1')
