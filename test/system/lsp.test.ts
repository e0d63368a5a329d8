// `gait lsp` as an editor uses it: a real client, over standard input and output.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type {
  CodeAction,
  CompletionItem,
  DocumentSymbol,
  Hover,
  Location,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol/node'
import { GOLDEN, runGait } from '../support/gait.ts'
import { LspClient } from '../support/lsp-client.ts'
import { Scratch } from '../support/scratch.ts'

const SOUND = '#: sid=9000001 class=a.b\ntcp 22 = s12 c20 s28 c44 : Sound\n'
const CAMPAIGN = 'count a.b by client within 30m where hits >= 20 : Many\n'

let scratch: Scratch
let client: LspClient

beforeEach(() => {
  scratch = new Scratch()
})
afterEach(() => {
  client.kill()
  scratch.remove()
})

async function start(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<void> {
  for (const [name, text] of Object.entries(files)) writeFileSync(scratch.path(name), text)
  client = new LspClient(scratch.folder, ...args)
  await client.start()
}

async function codes(file: string): Promise<readonly unknown[]> {
  return (await client.diagnostics(file)).map(({ code }) => code)
}

describe('gait lsp', () => {
  it('says all of an editing session', async () => {
    client = new LspClient(join(GOLDEN, 'lsp'))
    await client.start()
    client.remark('A file is opened: it is checked with the others of its folder')
    await client.open('input.sig')
    await client.diagnostics('input.sig')
    client.remark('What does a message mean, and how long is it?')
    await client.at('textDocument/hover', 'input.sig', 'c:PASSWORD any', 3)
    client.remark('A letter goes missing')
    await client.edit('input.sig', 'c:PASSWORD any', 'c:PASWORD any')
    await client.diagnostics('input.sig')
    client.remark('It is written anew')
    await client.edit('input.sig', 'c:PASWORD any', 'c:PA any')
    await client.diagnostics('input.sig')
    await client.at('textDocument/completion', 'input.sig', 'c:PA any', 4)
    await client.edit('input.sig', 'c:PA any', 'c:PASSWORD any')
    await client.diagnostics('input.sig')
    client.remark('Which packet is @1?')
    await client.at('textDocument/definition', 'input.sig', 's@1+16', 2)
    client.remark('The class gets another name, in both files')
    await client.at('textDocument/prepareRename', 'input.sig', 'ssh.auth.failure', 4)
    await client.at('textDocument/rename', 'input.sig', 'ssh.auth.failure', 4, { newName: 'ssh.refused' })
    client.remark('What can be mended in the last line?')
    const uri = client.uriOf('input.sig')
    const range = { start: { line: 6, character: 0 }, end: { line: 6, character: 0 } }
    await client.ask('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    })
    client.remark('Format, and the outline')
    await client.ask('textDocument/formatting', {
      textDocument: { uri },
      options: { tabSize: 2, insertSpaces: true },
    })
    await client.ask('textDocument/documentSymbol', { textDocument: { uri } })
    client.remark('The end')
    await client.close('input.sig')
    expect(await client.stop()).toBe(0)
    expect(client.stderr).toBe('')
    await expect(client.transcript).toMatchFileSnapshot(join(GOLDEN, 'lsp', 'session.txt'))
  })

  it('checks a file with the others of its folder, as they stand in the editor', async () => {
    await start({ 'one.sig': SOUND, 'two.sig': CAMPAIGN })
    await client.open('two.sig')
    expect(await codes('two.sig')).toEqual([])
    await client.open('one.sig')
    await client.diagnostics('one.sig')
    await client.edit('one.sig', 'class=a.b', 'class=a.c')
    await client.diagnostics('one.sig')
    const told = await client.until('two.sig', (found) => found.length > 0)
    expect(told.map(({ code }) => code)).toEqual(['S056'])
  })

  it('checks a file by itself with --alone, and with others with --add-signatures', async () => {
    await start({ 'one.sig': SOUND, 'two.sig': CAMPAIGN }, '--alone')
    await client.open('two.sig')
    expect(await codes('two.sig')).toEqual(['S056'])
    await client.stop()
    client = new LspClient(scratch.folder, '--alone', '--add-signatures', 'one.sig')
    await client.start()
    await client.open('two.sig')
    expect(await codes('two.sig')).toEqual([])
  })

  it('counts places in UTF-16', async () => {
    await start({})
    await client.open('new.sig', '#: reference=\u{1f600} sevrity=1\ntcp 22 = s12 c20 s28 c44 : A\n')
    const [first, ...others] = await client.diagnostics('new.sig')
    expect(others).toEqual([])
    expect(first).toMatchObject({
      code: 'S021',
      range: { start: { line: 0, character: 16 }, end: { line: 0, character: 25 } },
    })
    await client.edit('new.sig', '\u{1f600} sevrity', '\u{1f600}\u{1f600} severity')
    expect(await codes('new.sig')).toEqual([])
  })

  it('takes texts that are no files, and lines that end as on Windows', async () => {
    await start({})
    await client.open('untitled:Untitled-1', '#: severity=high\r\ntcp 22 = s12 c20 s28 c44 : A\r\n')
    const [first, ...others] = await client.diagnostics('untitled:Untitled-1')
    expect(others).toEqual([])
    expect(first).toMatchObject({
      code: 'S022',
      severity: 1,
      source: 'gait',
      range: { start: { line: 0, character: 3 }, end: { line: 0, character: 16 } },
    })
  })

  it('tells of examples, and keeps house rules', async () => {
    await start({ 'gait.check.yaml': 'require: [rev]\n', 'one.sig': `#+ s12 x\n${SOUND}` })
    await client.open('one.sig')
    expect(await codes('one.sig')).toEqual(['S081', 'S111'])
  })

  it('says once when house rules cannot be read', async () => {
    await start({ 'gait.check.yaml': 'requires: [rev]\n', 'one.sig': SOUND, 'two.sig': CAMPAIGN })
    await client.open('one.sig')
    await client.diagnostics('one.sig')
    await client.edit('one.sig', 'Sound', 'Sounder')
    await client.diagnostics('one.sig')
    expect(client.messages).toHaveLength(1)
    expect(client.messages[0]).toContain('gait.check.yaml')
  })

  it('mends', async () => {
    const text =
      '#: sid=9000001\ntcp 022 =  s12 c20 s28 c44 : A\n#: sid=9000001\ntcp 23 = s12 c20 s28 c44 : B\n'
    await start({})
    await client.open('one.sig', text)
    await client.diagnostics('one.sig')
    const ask = (only?: readonly string[]) =>
      client.ask<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: client.uriOf('one.sig') },
        range: { start: { line: 2, character: 5 }, end: { line: 2, character: 5 } },
        context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
      })
    const [fix] = await ask(['quickfix'])
    expect(fix).toMatchObject({ title: 'Write `sid=9000002`', kind: 'quickfix', isPreferred: true })
    expect(Object.values(fix!.edit!.changes!)).toEqual([
      [
        {
          range: { start: { line: 2, character: 3 }, end: { line: 2, character: 14 } },
          newText: 'sid=9000002',
        },
      ],
    ])
    const all = await ask(['source.fixAll'])
    expect(all.map(({ kind }) => kind)).toEqual(['source.fixAll.gait'])
    expect(Object.values(all[0]!.edit!.changes!)[0]).toHaveLength(2)
    expect(await ask(['refactor'])).toEqual([])
  })

  it('mends text that was changed a moment ago', async () => {
    await start({})
    await client.open('one.sig', SOUND)
    await client.diagnostics('one.sig')
    await client.edit('one.sig', 'c20', ' c20')
    const actions = await client.ask<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: client.uriOf('one.sig') },
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
      context: { diagnostics: [], only: ['quickfix'] },
    })
    expect(actions.map(({ title }) => title)).toEqual(['Write it in canonical form'])
  })

  it('finds classes in other files', async () => {
    await start({ 'one.sig': SOUND, 'two.sig': CAMPAIGN })
    await client.open('two.sig')
    const places = await client.at<Location[]>('textDocument/definition', 'two.sig', 'a.b', 1)
    const uri = pathToFileURL(scratch.path('one.sig')).href
    const range = { start: { line: 0, character: 21 }, end: { line: 0, character: 24 } }
    expect(places).toEqual([{ uri, range }])
    const all = await client.at<Location[]>('textDocument/references', 'two.sig', 'a.b', 1, {
      context: { includeDeclaration: true },
    })
    expect(all).toHaveLength(2)
    const edit = await client.at<WorkspaceEdit>('textDocument/rename', 'two.sig', 'a.b', 0, { newName: 'x' })
    expect(Object.keys(edit.changes!)).toEqual([uri, client.uriOf('two.sig')])
    await expect(
      client.at('textDocument/rename', 'two.sig', 'a.b', 0, { newName: 'No Class' }),
    ).rejects.toThrow('a class is lower-case words')
    expect(await client.at('textDocument/prepareRename', 'two.sig', 'hits >=')).toBeNull()
  })

  it('does not rename in signatures that are only added', async () => {
    await start({ 'mine.sig': CAMPAIGN }, '--alone', '--add-signatures', 'added.sig')
    writeFileSync(scratch.path('added.sig'), SOUND)
    await client.open('mine.sig')
    const edit = await client.at<WorkspaceEdit>('textDocument/rename', 'mine.sig', 'a.b', 0, { newName: 'x' })
    expect(Object.keys(edit.changes!)).toEqual([client.uriOf('mine.sig')])
  })

  it('completes what is half written', async () => {
    await start({})
    await client.open('one.sig', `${SOUND}ssh * <auth c:PASS\n`)
    const items = await client.at<CompletionItem[]>('textDocument/completion', 'one.sig', 'c:PASS', 6)
    expect(items).toEqual([
      expect.objectContaining({
        label: 'PASSWORD',
        detail: 'a password',
        textEdit: {
          range: { start: { line: 2, character: 14 }, end: { line: 2, character: 18 } },
          newText: 'PASSWORD',
        },
      }),
    ])
  })

  it('formats sound files, and leaves others', async () => {
    await start({})
    await client.open('one.sig', `${SOUND}tcp 022 s12 c20 : B`)
    const format = () =>
      client.ask<TextEdit[]>('textDocument/formatting', {
        textDocument: { uri: client.uriOf('one.sig') },
        options: { tabSize: 2, insertSpaces: true },
      })
    expect(await format()).toEqual([
      {
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 19 } },
        newText: 'tcp 22 s12 c20 : B\n',
      },
    ])
    await client.edit('one.sig', 'c20 : B', 'x20 : B')
    expect(await format()).toEqual([])
  })

  it('answers questions about files that are not open with nothing', async () => {
    await start({ 'one.sig': SOUND })
    const textDocument = { uri: client.uriOf('one.sig') }
    const position = { line: 0, character: 4 }
    expect(await client.ask<Hover>('textDocument/hover', { textDocument, position })).toBeNull()
    expect(await client.ask<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument })).toEqual([])
  })

  it('looks again when something has changed on the disk', async () => {
    await start({ 'one.sig': SOUND, 'two.sig': CAMPAIGN })
    await client.open('two.sig')
    expect(await codes('two.sig')).toEqual([])
    writeFileSync(scratch.path('one.sig'), SOUND.replace('a.b', 'other.class'))
    await client.tell('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uriOf('one.sig'), type: 2 }],
    })
    const told = await client.until('two.sig', (found) => found.length > 0)
    expect(told.map(({ code }) => code)).toEqual(['S056'])
  })

  it('takes every shipped signature without a word', async () => {
    const shipped = join(import.meta.dirname, '../../signatures')
    client = new LspClient(shipped)
    await client.start()
    await client.open('ssh-auth.sig', readFileSync(join(shipped, 'ssh-auth.sig'), 'utf8'))
    expect(await client.diagnostics('ssh-auth.sig')).toEqual([])
  })

  it('ends when the editor is gone', async () => {
    await start({})
    client.hangUp()
    expect(await client.ended).toBe(1)
  })

  it('keeps to its one way of speaking', async () => {
    await start({}, '--stdio')
    expect(await client.stop()).toBe(0)
    const { code, stderr } = runGait(['lsp', '--socket=1'])
    expect(code).toBe(2)
    expect(stderr).toContain('socket')
  })
})
