/**
 * Tariffs as large as the official ones and in their formats, made up: every chapter, records of the lengths that core/customs/hs/README.md
 * tells of. They come in pieces, because some are larger than one text should be.
 */

export const CHAPTERS = Array.from({ length: 97 }, (_, at) => String(at + 1).padStart(2, '0')).filter(
  (chapter) => chapter !== '77',
)
const WORDS =
  'of cotton, wool, iron, glass or plastics, whether or not printed, for household use; other'.split(' ')
const textOf = (n: number, words = 9) =>
  Array.from({ length: words }, (_, at) => WORDS[(n * 7 + at * 3) % WORDS.length]).join(' ')

interface Code {
  digits: string
  /** 0: heading, 1: subheading, 2: what is declared. */
  depth: 0 | 1 | 2
}

/** Headings, their subheadings, and `leaves` codes of ten digits below each. */
export function* codes(headings: number, leaves: number): Generator<Code> {
  for (const chapter of CHAPTERS)
    for (let heading = 1; heading <= headings; heading++) {
      const above = `${chapter}${String(heading).padStart(2, '0')}`
      yield { digits: above, depth: 0 }
      for (let sub = 1; sub <= 5; sub++) {
        yield { digits: `${above}${sub}0`, depth: 1 }
        for (let leaf = 1; leaf <= leaves; leaf++)
          yield { digits: `${above}${sub}0${String(leaf * 10).padStart(4, '0')}`, depth: 2 }
      }
    }
}

function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = ''
  for (const line of lines) {
    piece += line
    if (piece.length < 60_000) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

const dotted = (digits: string) =>
  digits.replace(/^(\d{4})(\d{2})/, '$1.$2').replace(/(\.\d{2})(\d{2})(\d{2})$/, '$1.$2.$3')

/** The HTS as its export gives it: some 35,700 records, some 17 MB. */
export function* htsJson(): Generator<string> {
  let n = 0
  function* records(): Generator<string> {
    yield '['
    for (const { digits, depth } of codes(12, 5)) {
      const record = {
        ...{ htsno: dotted(digits), indent: String(depth), description: textOf(n, 14), superior: null },
        ...{
          units: ['No.', 'kg'],
          general: depth === 2 ? `${n % 30}%` : '',
          special: 'Free (A+,AU,BH,CL,CO,D,E)',
        },
        ...{
          other: '45%',
          footnotes: [{ columns: ['general'], marker: '1', value: 'See 9903.88.15. ', type: 'endnote' }],
        },
        ...{ quotaQuantity: null, additionalDuties: null },
      }
      yield `${n++ === 0 ? '' : ','}${JSON.stringify(record)}`
    }
    yield ']'
  }
  yield* inPieces(records())
}

const csv = (cells: readonly (string | number)[]) => `${cells.map((cell) => `"${cell}"`).join(',')}\n`

/** `commodities-report` of the UK: some 25,000 rows, each naming the one above it. */
export function* ukCodesCsv(): Generator<string> {
  function* rows(): Generator<string> {
    yield 'id,commodity__sid,commodity__code,commodity__suffix,commodity__description,commodity__validity_start,commodity__validity_end,parent__sid,parent__code,parent__suffix\n'
    const above = ['', '', '']
    let sid = 0
    for (const { digits, depth } of codes(12, 3)) {
      sid++
      above[depth] = String(sid)
      const parent = depth === 0 ? '' : (above[depth - 1] ?? '')
      const cells = [
        sid,
        sid,
        digits.padEnd(10, '0'),
        depth === 1 ? 10 : 80,
        textOf(sid),
        '1972-01-01',
        '#NA',
      ]
      yield csv([...cells, parent, '#NA', '#NA'])
    }
  }
  yield* inPieces(rows())
}

/** `measures-as-defined` of the UK: some 100,000 rows and 32 MB, most of them of other measures. */
export function* ukDutiesCsv(): Generator<string> {
  function* rows(): Generator<string> {
    yield 'id,commodity__sid,commodity__code,commodity__suffix,commodity__description,measure__sid,measure__type__id,measure__type__description,measure__duty_expression,measure__effective_start_date,measure__effective_end_date,measure__geographical_area__id,measure__geographical_area__description,measure__regulation__id,measure__regulation__url\n'
    let n = 0
    for (const { digits, depth } of codes(12, 3)) {
      if (depth !== 2) continue
      for (const [type, area] of [
        ['103', '1011'],
        ['142', 'CN'],
        ['142', 'JP'],
        ['305', '1011'],
        ['109', '1011'],
        ['277', 'RU'],
      ] as const)
        yield csv([
          ...[
            ++n,
            n,
            digits,
            80,
            textOf(n),
            n,
            type,
            'Third country duty',
            `${n % 20}.00 %`,
            '2021-01-01',
            '#NA',
            area,
          ],
          ...[
            'All third countries and whoever else is meant by it',
            'C2100270',
            `https://www.legislation.gov.uk/uksi/2020/1430/${n}`,
          ],
        ])
    }
  }
  yield* inPieces(rows())
}

/** The Combined Nomenclature as EU Vocabularies answer Caravel's query: groups without a code, codes with blanks and dashes. */
export function* euCodesCsv(): Generator<string> {
  let n = 0
  function* rows(): Generator<string> {
    yield '"CN_CODE","NAME_EN"\n'
    for (const { digits, depth } of codes(12, 2)) {
      const eight = `${digits.slice(0, 6)}${digits.slice(8)}`
      const code = eight.replace(/^(\d{4})(\d{2})(\d{2})?$/, (_all, head, sub, leaf) =>
        [head, sub, leaf].filter(Boolean).join(' '),
      )
      yield csv([code, `${'- '.repeat(depth)}${textOf(++n)}`])
      if (depth === 1) yield csv(['', `- - ${textOf(n)}:`])
    }
  }
  yield* inPieces(rows())
}
