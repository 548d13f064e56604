import { type ReactNode, useMemo, useState } from 'react'
import { formatNumber } from '#platform/core'
import { ActionButton, LargeNumber, useLanguage, useTexts } from '#platform/web'
import { type Act, optionState, ownDecisions } from '../core/index.ts'
import style from './explorer.module.css'
import type { ExplorerClient, OpenModel } from './explorer-client.ts'
import { ModelTree } from './model-tree.tsx'
import { NodeDetail } from './node-detail.tsx'
import { OwnDecisions } from './own-decisions.tsx'
import { Places } from './refused.tsx'

const mostNotes = 100

/** A model that is open: its tree, what is to be said of the line that is selected, and what was decided. */
export function ModelRoom({ model, client }: { model: OpenModel; client: ExplorerClient }) {
  const t = useTexts('explorer')
  const { nodes, standing, notes } = model
  const [selected, setSelected] = useState<number | null>(null)
  const own = useMemo(() => ownDecisions(standing), [standing])
  const node = selected === null ? undefined : nodes[selected]
  const state = node?.kind === 'option' ? optionState(standing, node.order, own.get(node.id)) : null
  const act = (one: Act) => client.act(one)
  return (
    <>
      <Facts model={model} onClose={client.close} />
      <div className={style.room}>
        <ModelTree {...{ nodes, standing, own, selected }} onSelect={setSelected} onAct={act} />
        <aside
          className={style.beside}
          data-selected={node !== undefined || undefined}
          aria-label={t('own.title', { count: own.size })}
        >
          <div className={style.toolbar}>
            <ActionButton size="small" disabled={!standing.canUndo} onClick={() => act({ act: 'undo' })}>
              {t('model.undo')}
            </ActionButton>
            <ActionButton size="small" disabled={!standing.canRedo} onClick={() => act({ act: 'redo' })}>
              {t('model.redo')}
            </ActionButton>
            <ActionButton size="small" disabled={own.size === 0} onClick={() => act({ act: 'reset' })}>
              {t('model.reset')}
            </ActionButton>
            <span className={style.faint} role="status">
              {model.waiting ? t('model.working') : ''}
            </span>
          </div>
          {node ? (
            <NodeDetail key={node.id} {...{ node, state, model, client }} own={own.get(node.id)} />
          ) : (
            <p className={style.faint}>{t('detail.nothing')}</p>
          )}
          <OwnDecisions model={model} onAct={act} />
          {notes.length > 0 ? (
            <details>
              <summary>{t('model.notes', { count: notes.length })}</summary>
              <Places of={notes} most={mostNotes} more="model.notesMore" />
            </details>
          ) : null}
        </aside>
      </div>
    </>
  )
}

/** How large the model is, how fast it answers, and how many variants are left. */
function Facts({ model, onClose }: { model: OpenModel; onClose(): void }) {
  const t = useTexts('explorer')
  const language = useLanguage()
  const { file, nodes, rules, openedIn, clickedIn } = model
  const options = useMemo(() => nodes.filter(({ kind }) => kind === 'option').length, [nodes])
  const say = (number: number) => formatNumber(number, language)
  const ms = (time: number) => formatNumber(time, language, time < 10 ? 1 : 0)
  return (
    <header className={style.facts}>
      <div>
        <h2>{file}</h2>
        <p className={style.faint}>
          {t('model.size', { options: say(options), rules: say(rules) })} · {t('model.opened', { ms: ms(openedIn) })}
          {clickedIn === null ? null : ` · ${t('model.click', { ms: ms(clickedIn) })}`}
        </p>
      </div>
      <p className={style.variants} data-variants>
        <span className={style.faint}>{t('model.variants')}</span>
        <b>{variants()}</b>
      </p>
      <ActionButton size="small" onClick={onClose}>
        {t('model.close')}
      </ActionButton>
    </header>
  )

  function variants(): ReactNode {
    if (model.variants === null) return t('model.counting')
    if (model.variants === 'impossible') return t('model.uncounted')
    const { least, most } = model.variants
    if (least === most) return <LargeNumber digits={least} />
    return (
      <>
        <LargeNumber digits={least} /> {t('model.to')} <LargeNumber digits={most} />
      </>
    )
  }
}
