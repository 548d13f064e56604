import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Block,
  blockNames,
  emptyBlock,
  emptyDocument,
  filledIn,
  isAddress,
  isSlug,
  lacks,
  momentOf,
  type PageDocument,
  pageDocument,
  picturesIn,
  plainText,
  readText,
  slugFrom,
  wallTime,
} from './index.ts'

const both = (zh: string, en = zh) => ({ 'zh-CN': zh, en })
const page = (more: Partial<PageDocument> = {}): PageDocument => ({
  ...emptyDocument('about'),
  title: both('关于我们', ''),
  blocks: [{ id: 'a', kind: 'text', values: { heading: both(''), text: both('正文') } }],
  ...more,
})

test('a text is paragraphs, lists, bold words and links, and nothing else', () => {
  expect(readText('First **bold** line\nsecond\n\n- one\n- [two](/products)\n1. step\n2. step <b>x</b>')).toEqual([
    {
      kind: 'paragraph',
      lines: [
        [
          { kind: 'plain', text: 'First ' },
          { kind: 'strong', text: 'bold' },
          { kind: 'plain', text: ' line' },
        ],
        [{ kind: 'plain', text: 'second' }],
      ],
    },
    { kind: 'list', lines: [[{ kind: 'plain', text: 'one' }], [{ kind: 'link', text: 'two', href: '/products' }]] },
    {
      kind: 'numbered',
      lines: [[{ kind: 'plain', text: 'step' }], [{ kind: 'plain', text: 'step <b>x</b>' }]],
    },
  ])
  expect(readText('3.5 kW at the spindle')[0]!.kind).toBe('paragraph')
})

test('a link that leads where no page may lead stays the words it is', () => {
  for (const href of ['javascript:alert(1)', '//evil.example', '/\\evil.example', 'data:text/html,x', 'http://plain.example'])
    expect([href, isAddress(href), readText(`[x](${href})`)[0]!.lines[0]![0]!.kind]).toEqual([href, false, 'plain'])
  for (const href of ['/products', 'https://example.com/a?b=1', 'mailto:sales@example.com', 'tel:+865125550118'])
    expect([href, isAddress(href)]).toEqual([href, true])
})

test('no text loses a word on the way', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(words, fc.constantFrom(' ', '\n', '\n\n', ' **', '\n- '), (said, between) => {
      const read = plainText(said.join(between))
      for (const word of said) expect(read).toContain(word)
    }),
  )
})

test('an address is made of plain words, and a title makes one', () => {
  expect(slugFrom('Our works in Suzhou: 42,000 m²!')).toBe('our-works-in-suzhou-42-000-m2')
  fc.assert(
    fc.property(fc.string(), title => {
      const slug = slugFrom(title)
      expect(slug === '' || isSlug(slug)).toBe(true)
    }),
  )
})

test('a text in one language stands for both, in rows too', () => {
  const questions = [{ question: both('', 'How long?'), answer: both('') }]
  const block: Block = { id: 'q', kind: 'questions', values: { heading: both(''), questions } }
  const filled = filledIn(page({ blocks: [block] }))
  expect(filled.title.en).toBe('关于我们')
  expect((filled.blocks[0] as typeof block).values.questions[0]!.question['zh-CN']).toBe('How long?')
})

test('every kind of block begins well-formed, and what it lacks is named by its place', () => {
  for (const kind of blockNames) expect(pageDocument.safeParse(page({ blocks: [emptyBlock(kind, 'b')] })).success).toBe(true)
  const incomplete = page({ slug: 'products', title: both(''), blocks: [emptyBlock('text', 't'), emptyBlock('gallery', 'g')] })
  expect(lacks('page', incomplete).map(({ field }) => field)).toEqual([
    '/slug',
    '/title/zh-CN',
    '/blocks/0/values/text',
    '/blocks/1/values/pictures/0/picture',
  ])
  expect(lacks('page', page())).toEqual([])
  expect(lacks('news', page()).map(({ field }) => field)).toEqual(['/day'])
})

test('a picture wants words, and a link a place to lead to', () => {
  const id = '019ab000-0000-7000-8000-000000000001'
  const block: Block = { id: 'p', kind: 'picture', values: { picture: { id, alt: both('') }, caption: both('') } }
  expect(lacks('page', page({ blocks: [block] })).map(({ field }) => field)).toEqual(['/blocks/0/values/picture'])
  expect(picturesIn(page({ blocks: [block, block] }))).toEqual([id])
  const text: Block = { id: 't', kind: 'text', values: { heading: both(''), text: both('[x](javascript:y)') } }
  expect(lacks('page', page({ blocks: [text] }))[0]).toMatchObject({ field: '/blocks/0/values/text', value: 'javascript:y' })
})

test('times on the wall of any zone come back as they were', () => {
  const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland')
  const minutes = fc.integer({ min: 29_000_000, max: 34_000_000 })
  fc.assert(
    fc.property(minutes, zones, (minute, zone) => {
      const wall = wallTime(new Date(minute * 60_000), zone)
      expect(wallTime(momentOf(wall, zone)!, zone)).toBe(wall)
    }),
  )
  expect(momentOf('2026-12-01T09:00', 'Asia/Shanghai')?.toISOString()).toBe('2026-12-01T01:00:00.000Z')
  expect(momentOf('2026-07-01T09:00', 'Europe/Berlin')?.toISOString()).toBe('2026-07-01T07:00:00.000Z')
  for (const none of ['soon', '2026-02-31T09:00', '2026-12-01T24:00']) expect(momentOf(none, 'Europe/Berlin')).toBeNull()
})
