import { atMostSoMany, MAX_PARTS } from '../limits.ts'
import { fail } from '../problem.ts'

export interface XmlElement {
  name: string
  attributes: Map<string, string>
  children: XmlElement[]
  /** character data directly inside, entities resolved */
  text: string
  /** line:column */
  at: string
}

const MAX_ELEMENT_DEPTH = 500
const NAME = /[\p{L}_:][\p{L}\p{N}_:.-]*/uy
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * The XML that model editors write: elements, attributes, text, the five entities and character references, comments, CDATA and
 * processing instructions. A document type is refused, and with it every way to make a small file large.
 */
export function readXml(text: string): XmlElement {
  const where = places(text)
  const root: XmlElement = { name: '', attributes: new Map(), children: [], text: '', at: '1:1' }
  const open: XmlElement[] = [root]
  const count = { elements: 0 }
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    const current = open.at(-1)!
    if (text[at] !== '<') {
      const end = indexOr(text, '<', at, text.length)
      const written = text.slice(at, end)
      if (current === root && written.trim()) stray(where(at), written.trim())
      current.text += resolveEntities(written, () => where(at))
      at = end
    } else if (text.startsWith('<!--', at)) at = after(text, '-->', at, where)
    else if (text.startsWith('<?', at)) at = after(text, '?>', at, where)
    else if (text.startsWith('<![CDATA[', at) && current !== root) {
      const end = after(text, ']]>', at, where)
      current.text += text.slice(at + 9, end - 3)
      at = end
    } else if (text.startsWith('<!', at)) refuseDoctype(where(at), text.slice(at, at + 30))
    else if (text[at + 1] === '/') at = closeElement(text, at, open, where)
    else at = openElement(text, at, open, count, where)
  }
  const unclosed = open.at(-1)!
  if (unclosed !== root)
    fail(
      'unclosed-element',
      unclosed.at,
      `<${unclosed.name}>`,
      [`元素 <${unclosed.name}> 没有结束。文件可能不完整`, `请补上 </${unclosed.name}>，或重新获取完整的文件`],
      [`The element <${unclosed.name}> is not closed; the file may be cut off`, `Add </${unclosed.name}>, or get the whole file`],
    )
  const only = root.children[0]
  if (!only)
    return fail(
      'syntax',
      '1:1',
      text.slice(0, 40),
      ['文件中没有 XML 元素', '请选择一个 XML 文件'],
      ['The file has no XML element', 'Choose an XML file'],
    )
  return only
}

function openElement(
  text: string,
  start: number,
  open: XmlElement[],
  count: { elements: number },
  where: (at: number) => string,
): number {
  const name = nameAt(text, start + 1)
  if (!name) return broken(text, start, where)
  const parent = open.at(-1)!
  if (open.length === 1 && parent.children.length) stray(where(start), `<${name}`)
  if (open.length > MAX_ELEMENT_DEPTH)
    fail(
      'too-deep',
      where(start),
      `<${name}>`,
      [`元素嵌套超过 ${MAX_ELEMENT_DEPTH} 层`, '请减少层级'],
      [`Elements are nested deeper than ${MAX_ELEMENT_DEPTH}`, 'Use fewer levels'],
    )
  if (++count.elements > MAX_PARTS) atMostSoMany(count.elements, MAX_PARTS, where(start), '元素', 'elements')
  const element: XmlElement = { name, attributes: new Map(), children: [], text: '', at: where(start) }
  parent.children.push(element)
  let at = start + 1 + name.length
  for (;;) {
    at = skipSpace(text, at)
    if (text[at] === '>') {
      open.push(element)
      return at + 1
    }
    if (text.startsWith('/>', at)) return at + 2
    at = readAttribute(text, at, element, where)
  }
}

function readAttribute(text: string, start: number, element: XmlElement, where: (at: number) => string): number {
  const name = nameAt(text, start)
  if (!name) return broken(text, start, where)
  const equals = skipSpace(text, start + name.length)
  const quoteAt = skipSpace(text, equals + 1)
  const quote = text[quoteAt]
  if (text[equals] !== '=' || (quote !== '"' && quote !== "'")) return broken(text, start, where)
  const end = text.indexOf(quote, quoteAt + 1)
  if (end < 0 || text.slice(quoteAt + 1, end).includes('<')) return broken(text, start, where)
  if (element.attributes.has(name))
    fail(
      'duplicate-attribute',
      where(start),
      name,
      ['同一元素的属性重复', '请删除其中一个'],
      ['The element has this attribute twice', 'Remove one of them'],
    )
  element.attributes.set(
    name,
    resolveEntities(text.slice(quoteAt + 1, end), () => where(quoteAt)),
  )
  return end + 1
}

function closeElement(text: string, start: number, open: XmlElement[], where: (at: number) => string): number {
  const name = nameAt(text, start + 2)
  const end = name ? skipSpace(text, start + 2 + name.length) : start
  if (!name || text[end] !== '>') return broken(text, start, where)
  const current = open.at(-1)!
  if (open.length === 1 || current.name !== name)
    fail(
      'syntax',
      where(start),
      `</${name}>`,
      [open.length === 1 ? '没有对应的开始标记' : `此处应为 </${current.name}>（开始于 ${current.at}）`, '请更正标记的嵌套'],
      [
        open.length === 1 ? 'Nothing is open here' : `Expected </${current.name}>, opened at ${current.at}`,
        'Correct the nesting of the elements',
      ],
    )
  open.pop()
  return end + 1
}

function nameAt(text: string, at: number): string | undefined {
  NAME.lastIndex = at
  return NAME.exec(text)?.[0]
}

function skipSpace(text: string, at: number): number {
  let end = at
  while (end < text.length && ' \t\r\n'.includes(text[end]!)) end++
  return end
}

function indexOr(text: string, wanted: string, at: number, otherwise: number): number {
  const found = text.indexOf(wanted, at)
  return found < 0 ? otherwise : found
}

function after(text: string, close: string, at: number, where: (at: number) => string): number {
  const end = text.indexOf(close, at)
  return end < 0 ? broken(text, at, where) : end + close.length
}

function resolveEntities(written: string, at: () => string): string {
  if (!written.includes('&')) return written
  return written.replace(/&([^;&\s]{0,12});?/g, (whole, name: string) => {
    if (whole.endsWith(';')) {
      if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name]!
      const code = /^#\d+$/.test(name)
        ? Number(name.slice(1))
        : /^#x[\da-f]+$/i.test(name)
          ? Number.parseInt(name.slice(2), 16)
          : 0
      if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code)
    }
    return fail(
      'syntax',
      at(),
      whole,
      ['无法识别的实体', '请用 &amp; 表示 &，只使用 &lt; &gt; &amp; &quot; &apos; 和字符引用'],
      ['Unknown entity', 'Write & as &amp;, and use only &lt; &gt; &amp; &quot; &apos; and character references'],
    )
  })
}

function broken(text: string, at: number, where: (at: number) => string): never {
  return fail(
    'syntax',
    where(at),
    text.slice(at, at + 40).split('\n', 1)[0]!,
    ['XML 标记不完整或有误。文件可能不完整', '请更正这一处，或重新获取完整的文件'],
    ['The XML is broken here; the file may be cut off', 'Correct this place, or get the whole file'],
  )
}

function stray(at: string, value: string): never {
  return fail(
    'syntax',
    at,
    value,
    ['根元素之外有多余的内容', '请删除该内容'],
    ['There is content outside the root element', 'Remove it'],
  )
}

function refuseDoctype(at: string, value: string): never {
  return fail(
    'doctype',
    at,
    value,
    ['不接受文档类型声明（DOCTYPE）', '请删除该声明'],
    ['A document type (DOCTYPE) is not accepted', 'Remove the declaration'],
  )
}

/** Offsets to line:column; offsets come in ascending order. */
function places(text: string): (at: number) => string {
  let line = 1
  let lineStart = 0
  let lineEnd = indexOr(text, '\n', 0, text.length)
  return at => {
    while (lineEnd < at) {
      line++
      lineStart = lineEnd + 1
      lineEnd = indexOr(text, '\n', lineStart, text.length)
    }
    return `${line}:${at - lineStart + 1}`
  }
}
