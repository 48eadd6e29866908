import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberedFileName, safeFileName } from '#main/files/safe-file-name.ts'

describe('safeFileName', () => {
  it.each([
    ['LX123456785CN', 'LX123456785CN.pdf'],
    ['label.pdf', 'label.pdf'],
    ['订单 #1001 / 标签', '订单 #1001 - 标签.pdf'],
    ['../../etc/passwd', 'etc-passwd.pdf'],
    ['..\\..\\boot.ini', 'boot.ini.pdf'],
    ['.bashrc', 'bashrc.pdf'],
    ['-rf', 'rf.pdf'],
    ['CON', 'document-CON.pdf'],
    ['lpt1.txt', 'document-lpt1.txt.pdf'],
    ['name. . ', 'name.pdf'],
    ['exe\u202Efdp.', 'exefdp.pdf'],
    ['a\nb\0c', 'abc.pdf'],
    ['', 'document.pdf'],
    ['///', 'document.pdf'],
  ])('%j becomes %j', (wish, name) => {
    expect(safeFileName(wish, '.pdf')).toBe(name)
  })

  it('holds for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (wish) => {
        const name = safeFileName(wish, '.pdf')
        expect(name).toMatch(/^[^./\\-][^/\\:]*\.pdf$|^[^./\\-]\.pdf$/)
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
        expect(safeFileName(name, '.pdf')).toBe(name)
      }),
    )
  })
})

describe('numberedFileName', () => {
  it('counts in front of the extension', () => {
    expect([1, 2, 10].map((n) => numberedFileName('a.b.pdf', n))).toEqual([
      'a.b.pdf',
      'a.b (2).pdf',
      'a.b (10).pdf',
    ])
  })
})
