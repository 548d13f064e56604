import type { Decision } from '@fettle/engine'
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { ActionButton, TextField, useLanguage, useTexts } from '#platform/web'
import { type Act, linesFound, linesOf, type Node, optionState, type Standing, unfoldedAtFirst } from '../core/index.ts'
import style from './explorer.module.css'
import { TreeLine } from './tree-line.tsx'
import { useWindow } from './use-window.ts'

interface ModelTreeProps {
  nodes: readonly Node[]
  standing: Standing
  own: ReadonlyMap<string, Decision>
  /** place of the line that is selected */
  selected: number | null
  onSelect(at: number): void
  onAct(act: Act): void
}

/** px; one height for all lines, so that of 18,000 only those in sight have to be there */
const lineHeight = 44
/** lines that the keys Page up and Page down go */
const page = 10

/** The tree of a model: folded, searched, and decided in. */
export function ModelTree({ nodes, standing, own, selected, onSelect, onAct }: ModelTreeProps) {
  const t = useTexts('explorer')
  const language = useLanguage()
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(() => unfoldedAtFirst(nodes))
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const search = useMemo(() => (wanted === '' ? null : linesFound(nodes, wanted)), [nodes, wanted])
  const lines = useMemo(() => search?.lines ?? linesOf(nodes, unfolded), [nodes, search, unfolded])
  const places = useMemo(() => new Map(lines.map((at, line) => [at, line])), [lines])

  const box = useRef<HTMLDivElement>(null)
  const { from, to } = useWindow(box, lineHeight, lines.length)
  /** the line that the Tab key comes to */
  const current = places.get(selected ?? -1) ?? 0
  const toFocus = useRef(false)
  useEffect(() => {
    if (!toFocus.current || selected === null) return
    toFocus.current = false
    box.current?.querySelector<HTMLElement>(`[data-at="${selected}"]`)?.focus({ preventScroll: true })
  }, [selected])

  const shown = lines.slice(from, to).map((at, index) => ({ at, line: from + index }))
  if (lines.length > 0 && (current < from || current >= to)) shown.push({ at: lines[current]!, line: current })

  return (
    <section className={style.tree} aria-label={t('tree.label')}>
      <div className={style.search}>
        <TextField type="search" label={t('tree.search')} value={text} onChange={event => setText(event.target.value)} />
        <div className={style.toolbar}>
          <ActionButton size="small" onClick={() => setUnfolded(new Set(nodes.keys()))}>
            {t('tree.expand')}
          </ActionButton>
          <ActionButton size="small" onClick={() => setUnfolded(new Set())}>
            {t('tree.collapse')}
          </ActionButton>
          <span className={style.faint} role="status">
            {search ? t('tree.found', { count: search.found }) : ''}
          </span>
        </div>
      </div>
      {lines.length === 0 ? (
        <p className={style.faint}>{t('tree.nothing', { text: wanted })}</p>
      ) : (
        <div className={style.lines} ref={box} role="tree" aria-label={t('tree.label')} onKeyDown={press}>
          <div role="none" style={{ height: lines.length * lineHeight }}>
            {shown.map(({ at, line }) => (
              <TreeLine
                key={at}
                node={nodes[at]!}
                at={at}
                top={line * lineHeight}
                state={stateOf(at)}
                name={nodes[at]!.name[language]}
                unfolded={canFold(at) ? search !== null || unfolded.has(at) : null}
                selected={at === selected}
                current={line === current}
                onSelect={() => onSelect(at)}
                onFold={() => fold(at, unfolded.has(at))}
                onChoose={() => decide(at, true)}
                onRefuse={() => decide(at, false)}
              />
            ))}
          </div>
        </div>
      )}
      <p className={style.keys}>{t('tree.keys')}</p>
    </section>
  )

  function stateOf(at: number) {
    const { kind, order, id } = nodes[at]!
    return kind === 'option' ? optionState(standing, order, own.get(id)) : null
  }

  function canFold(at: number): boolean {
    return nodes[at]!.end > at + 1
  }

  function fold(at: number, folded: boolean): void {
    if (search !== null) return
    const next = new Set(unfolded)
    if (folded) next.delete(at)
    else next.add(at)
    setUnfolded(next)
  }

  /** What can be is decided, what was decided is taken back; of what cannot be, the reason is shown beside. */
  function decide(at: number, chosen: boolean): void {
    onSelect(at)
    const { id, kind } = nodes[at]!
    if (kind !== 'option') return
    const before = own.get(id)
    const state = stateOf(at)
    if (before && state === (chosen ? 'chosen' : 'refused')) onAct({ act: 'retract', decision: before })
    else if (state === 'free' || before) onAct({ act: 'decide', decision: { option: id, chosen } })
  }

  function goTo(line: number): void {
    const at = lines[Math.min(lines.length - 1, Math.max(0, line))]
    const list = box.current
    if (at === undefined || !list) return
    const top = places.get(at)! * lineHeight
    if (top < list.scrollTop) list.scrollTop = top
    else if (top + lineHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + lineHeight - list.clientHeight
    toFocus.current = true
    onSelect(at)
  }

  /** What a key does on the line that has the focus; null where it means nothing here. */
  function stepOf(key: string, line: number): (() => void) | null {
    const at = lines[line]!
    const foldable = canFold(at) && search === null
    switch (key) {
      case 'ArrowDown':
        return () => goTo(line + 1)
      case 'ArrowUp':
        return () => goTo(line - 1)
      case 'PageDown':
        return () => goTo(line + page)
      case 'PageUp':
        return () => goTo(line - page)
      case 'Home':
        return () => goTo(0)
      case 'End':
        return () => goTo(lines.length - 1)
      case 'ArrowRight':
        return () => (foldable && !unfolded.has(at) ? fold(at, false) : goTo(canFold(at) ? line + 1 : line))
      case 'ArrowLeft':
        return () => (foldable && unfolded.has(at) ? fold(at, true) : goTo(places.get(nodes[at]!.parent) ?? line))
      case ' ':
      case 'Enter':
        return () => decide(at, true)
      case '-':
        return () => decide(at, false)
      default:
        return null
    }
  }

  function press(event: KeyboardEvent<HTMLElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const focused = (event.target as HTMLElement).closest<HTMLElement>('[data-at]')
    const line = places.get(Number(focused?.dataset.at ?? -1))
    const step = line === undefined ? null : stepOf(event.key, line)
    if (!step) return
    event.preventDefault()
    step()
  }
}
