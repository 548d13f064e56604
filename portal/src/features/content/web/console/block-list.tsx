import { useEffect, useRef, useState } from 'react'
import { ActionButton, Notice, newIdempotencyKey as newId, useTexts } from '#platform/web'
import { type Block, type BlockKind, blockNames, emptyBlock, fieldsOf, mostBlocks } from '../../core/index.ts'
import style from './editor.module.css'
import { type EditorTools, FieldEditor } from './field-editor.tsx'

interface BlockListProps extends EditorTools {
  blocks: readonly Block[]
  onChange(change: (before: readonly Block[]) => Block[]): void
}

/** What was done to the order, how it is said, and how it comes undone. */
interface Done {
  said: string
  undo(blocks: readonly Block[]): Block[]
}

/** The blocks of a page: each with its fields, moved by buttons or Alt and the arrow keys, added, doubled and taken away. */
export function BlockList({ blocks, onChange, ...tools }: BlockListProps) {
  const t = useTexts('content')
  const [done, setDone] = useState<Done | null>(null)
  const [focus, setFocus] = useState<{ id: string; control: string } | null>(null)
  const list = useRef<HTMLOListElement>(null)
  // a block that has moved or come keeps the focus on what moved it
  useEffect(() => {
    if (!focus) return
    const item = list.current?.querySelector(`[data-block="${focus.id}"]`)
    const control = item?.querySelector<HTMLButtonElement>(`[data-control="${focus.control}"]:not(:disabled)`)
    ;(control ?? item?.querySelector<HTMLElement>('[data-control]:not(:disabled)'))?.focus()
  }, [focus])

  const nameOf = ({ kind }: { kind: BlockKind }) => t(`console.block.${kind}`)
  const act = (next: Block[], step: Done, on?: { id: string; control: string }) => {
    onChange(() => next)
    setDone(step)
    setFocus(on ?? null)
  }
  const move = (from: number, by: -1 | 1) => {
    const to = from + by
    const block = blocks[from]!
    if (to < 0 || to >= blocks.length) return
    const said = t('console.edit.moved', { block: nameOf(block), place: to + 1, count: blocks.length })
    const back = (now: readonly Block[]) => {
      const current = now.find(({ id }) => id === block.id)
      return current ? now.filter(one => one !== current).toSpliced(from, 0, current) : [...now]
    }
    act(
      blocks.toSpliced(from, 1).toSpliced(to, 0, block),
      { said, undo: back },
      { id: block.id, control: by < 0 ? 'up' : 'down' },
    )
  }
  const insert = (block: Block, at: number) => {
    const undo = (now: readonly Block[]) => now.filter(({ id }) => id !== block.id)
    act(
      blocks.toSpliced(at, 0, block),
      { said: t('console.edit.added', { block: nameOf(block) }), undo },
      { id: block.id, control: 'up' },
    )
  }
  const remove = (at: number) => {
    const block = blocks[at]!
    // unless it came back by itself, with an earlier version
    const undo = (now: readonly Block[]) =>
      now.some(({ id }) => id === block.id) ? [...now] : now.toSpliced(Math.min(at, now.length), 0, block)
    act(blocks.toSpliced(at, 1), { said: t('console.edit.removed', { block: nameOf(block) }), undo })
  }
  return (
    <section className={style.blocks}>
      <h2>{t('console.edit.blocks')}</h2>
      {tools.errors.blocks ? <p className={style.error}>{tools.errors.blocks}</p> : null}
      {blocks.length === 0 ? <p className={style.help}>{t('console.edit.noBlocks')}</p> : null}
      <ol className={style.list} ref={list}>
        {blocks.map((block, place) => (
          <li
            key={block.id}
            data-block={block.id}
            className={style.block}
            onKeyDown={event => {
              const by = event.altKey ? ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key] : undefined
              if (by === undefined) return
              event.preventDefault()
              move(place, by)
            }}
          >
            <div className={style.blockHead}>
              <h3>
                {place + 1}. {nameOf(block)}
              </h3>
              <div className={style.row}>
                {(['up', 'down'] as const).map(way => (
                  <ActionButton
                    key={way}
                    size="small"
                    data-control={way}
                    aria-label={t(`console.edit.${way}`, { block: nameOf(block) })}
                    disabled={way === 'up' ? place === 0 : place === blocks.length - 1}
                    onClick={() => move(place, way === 'up' ? -1 : 1)}
                  >
                    {way === 'up' ? '↑' : '↓'}
                  </ActionButton>
                ))}
                <ActionButton
                  size="small"
                  aria-label={t('console.edit.duplicateOf', { block: nameOf(block) })}
                  disabled={blocks.length >= mostBlocks}
                  onClick={() => insert({ ...structuredClone(block), id: newId() }, place + 1)}
                >
                  {t('console.edit.duplicate')}
                </ActionButton>
                <ActionButton
                  size="small"
                  strength="quiet"
                  aria-label={t('console.edit.removeBlockOf', { block: nameOf(block) })}
                  onClick={() => remove(place)}
                >
                  {t('console.edit.removeBlock')}
                </ActionButton>
              </div>
            </div>
            {fieldsOf(block.kind).map(([name, field]) => (
              <FieldEditor
                key={name}
                {...tools}
                name={name}
                field={field}
                at={`blocks.${place}.values.${name}`}
                value={(block.values as Record<string, unknown>)[name]}
                onChange={change => onChange(now => now.map(one => (one.id === block.id ? withValue(one, name, change) : one)))}
              />
            ))}
          </li>
        ))}
      </ol>
      {done ? (
        <Notice tone="info" live title={done.said}>
          <ActionButton
            size="small"
            strength="quiet"
            onClick={() => {
              onChange(done.undo)
              setDone(null)
            }}
          >
            {t('console.edit.undo')}
          </ActionButton>
        </Notice>
      ) : null}
      {blocks.length < mostBlocks ? (
        <fieldset className={style.add}>
          <legend>{t('console.edit.addBlock')}</legend>
          {blockNames.map(kind => (
            <ActionButton key={kind} size="small" onClick={() => insert(emptyBlock(kind, newId()), blocks.length)}>
              {t(`console.block.${kind}`)}
            </ActionButton>
          ))}
        </fieldset>
      ) : null}
    </section>
  )
}

function withValue(block: Block, name: string, change: (before: unknown) => unknown): Block {
  const values: Record<string, unknown> = block.values
  return { ...block, values: { ...values, [name]: change(values[name]) } } as Block
}
