import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textBlocks } from './index.ts'

test('headings, paragraphs with their line breaks, and lists', () => {
  expect(textBlocks('# 总则\r\n第一段\n第二行\n\n第二段\n- 一\n- 二\n  接上行\n\n- 另一列表\n#\n## Rights\nText')).toEqual([
    { kind: 'heading', text: '总则' },
    { kind: 'paragraph', text: '第一段\n第二行' },
    { kind: 'paragraph', text: '第二段' },
    { kind: 'list', items: ['一', '二\n接上行'] },
    { kind: 'list', items: ['另一列表'] },
    { kind: 'heading', text: 'Rights' },
    { kind: 'paragraph', text: 'Text' },
  ])
})

test('a minus without a space is a figure, no point of a list, and markup stays as it was typed', () => {
  expect(textBlocks('-5 °C\n\n<b>x</b>')).toEqual([
    { kind: 'paragraph', text: '-5 °C' },
    { kind: 'paragraph', text: '<b>x</b>' },
  ])
})

test('whatever is typed, no word of it is lost and no block is empty', () => {
  const lines = fc.array(fc.constantFrom('', ' ', '# heading', '#', '- point', '* point', 'words', '  more words', '-'), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(lines, typed => {
      const blocks = textBlocks(typed.join('\n'))
      const said = blocks.flatMap(block => (block.kind === 'list' ? block.items : [block.text])).join('\n')
      expect(said.split(/\s+/).filter(Boolean)).toEqual(
        typed.flatMap(line => line.replace(/^\s*(#+|[-*]\s)/, '').split(/\s+/)).filter(Boolean),
      )
    }),
  )
})
