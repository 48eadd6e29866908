import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFileDriver } from '#main/printing/drivers/file.ts'

const PDF = Buffer.from('%PDF-1.7 label')
const job = (title: string) => ({ title, widthMm: 100, heightMm: 150, copies: 3, bytes: PDF })

async function makeFolder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'caravel-labels-'))
  onTestFinished(async () => {
    await chmod(made, 0o700)
    await rm(made, { recursive: true })
  })
  return made
}

describe('the file driver', () => {
  it('writes into its folder, makes it when needed, and never overwrites', async () => {
    const folder = path.join(await makeFolder(), 'Caravel labels')
    const print = createFileDriver(folder)
    const names = await Promise.all(['LX1', 'LX1', '../LX1', '/etc/LX1'].map((title) => print(job(title))))
    expect(names.every((name) => name.ok)).toBe(true)
    expect((await readdir(folder)).sort()).toEqual(['LX1 (2).pdf', 'LX1 (3).pdf', 'LX1.pdf', 'etc-LX1.pdf'])
    expect(await readFile(path.join(folder, 'LX1 (2).pdf'))).toEqual(PDF)
  })

  it('says so when the folder cannot be written', async () => {
    const folder = await makeFolder()
    const taken = path.join(folder, 'a-file')
    await writeFile(taken, '')
    await chmod(folder, 0o500)
    expect(await createFileDriver(taken)(job('x'))).toEqual({
      ok: false,
      error: { code: 'unsupported', reason: 'folder-not-writable' },
    })
  })
})
