// Starts `gait lsp` for signature files, and stops it with the window.

const { workspace } = require('vscode')
const { LanguageClient } = require('vscode-languageclient/node')

let client

exports.activate = () => {
  const [command, ...args] = workspace.getConfiguration('gait').get('command')
  client = new LanguageClient('gait', 'Gait signatures', { command, args }, { documentSelector: ['gait'] })
  return client.start()
}

exports.deactivate = () => client?.stop()
