import type { Decision, Statement } from '@fettle/engine'
import { type FormEvent, useEffect, useRef } from 'react'
import { decisionText, listed, nearestPossible } from '#features/configurator/core'
import { formatNumber } from '#platform/core'
import { ActionButton, TextField, useLanguage, useTexts } from '#platform/web'
import type { Act, Amount, Node, OptionState, Rule } from '../core/index.ts'
import style from './explorer.module.css'
import type { ExplorerClient, OpenModel } from './explorer-client.ts'
import { StateSign } from './state-sign.tsx'

interface NodeDetailProps {
  node: Node
  /** null for what is no option */
  state: OptionState | null
  /** what the visitor decided about it */
  own: Decision | undefined
  model: OpenModel
  client: ExplorerClient
}

/** The line that is selected: how it stands, what can be done, and why what cannot be done cannot. */
export function NodeDetail({ node, state, own, model, client }: NodeDetailProps) {
  const t = useTexts('explorer')
  const language = useLanguage()
  const heading = useRef<HTMLHeadingElement>(null)
  const act = (one: Act) => {
    heading.current?.focus({ preventScroll: true }) // what was pressed may be gone once it is done
    client.act(one)
  }
  const amount = Object.hasOwn(model.standing.amounts, node.id) ? model.standing.amounts[node.id] : undefined
  const { id } = node
  return (
    <section className={style.part} data-detail={id}>
      <h3 ref={heading} tabIndex={-1}>
        {node.name[language]}
      </h3>
      {id === node.name[language] ? null : <p className={style.id}>{id}</p>}
      {state === null ? null : (
        <p className={style.state} data-state={state}>
          <StateSign state={state} />
          {t(`state.${state}`)}
        </p>
      )}
      <div className={style.toolbar}>
        {state === 'free' ? (
          <>
            <ActionButton size="small" strength="primary" onClick={() => decide(true)}>
              {t('detail.choose')}
            </ActionButton>
            <ActionButton size="small" onClick={() => decide(false)}>
              {t('detail.refuse')}
            </ActionButton>
          </>
        ) : null}
        {own ? (
          <ActionButton size="small" onClick={() => act({ act: 'retract', decision: own })}>
            {t('detail.release')}
          </ActionButton>
        ) : null}
      </div>
      {amount ? (
        <AmountForm key={JSON.stringify(own)} {...{ node, amount, own }} onSet={decision => act({ act: 'decide', decision })} />
      ) : null}
      {state === 'excluded' || state === 'forced' ? (
        <Why
          wish={{ option: id, chosen: state === 'excluded' }}
          {...{ model, client }}
          onTake={decisions => act({ act: 'take', decisions })}
        />
      ) : null}
    </section>
  )

  function decide(chosen: boolean): void {
    act({ act: 'decide', decision: { option: id, chosen } })
  }
}

interface WhyProps {
  /** what cannot be */
  wish: { option: string; chosen: boolean }
  model: OpenModel
  client: ExplorerClient
  onTake(decisions: readonly Decision[]): void
}

/** The decisions and rules that stand against a wish, none too many, and what to give up for it, each way one press. */
function Why({ wish: { option, chosen }, model, client, onTake }: WhyProps) {
  const t = useTexts('explorer')
  const language = useLanguage()
  const { outline, standing } = model
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each act it is asked anew
  useEffect(() => client.why({ option, chosen }), [client, option, chosen, standing])
  const known = model.reasons
  const answered = known && 'chosen' in known.wish && known.wish.option === option && known.wish.chosen === chosen
  if (!answered) return <p className={style.faint}>{t('model.working')}</p>
  const { status, decisions, rules, steps, ways } = known.reasons
  return (
    <div className={style.why} data-why={option}>
      <h4>{t(chosen ? 'detail.whyExcluded' : 'detail.whyForced')}</h4>
      {status === 'stopped' ? <p>{t('detail.stopped')}</p> : null}
      {decisions.length > 0 ? (
        <>
          <p className={style.faint}>{t('detail.decisions')}</p>
          <ul data-because>
            {decisions.map(decision => (
              <li key={JSON.stringify(decision)}>{decisionText(outline, decision, language)}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p className={style.faint}>{t(decisions.length > 0 ? 'detail.rules' : 'detail.rulesOnly')}</p>
      {steps.length > 0 ? (
        <ol data-rules>
          {steps.map(({ from, rules, then }) => (
            <li key={JSON.stringify(then)}>
              {rules.map(ruleText).join(t('detail.and'))}
              <span className={style.step}>
                {from.map(statementText).join(t('detail.and'))} → {then ? statementText(then) : t('detail.contradiction')}
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <ul data-rules>
          {rules.map(rule => (
            <li key={`${rule.kind} ${rule.id}`}>{ruleText(rule)}</li>
          ))}
        </ul>
      )}
      <h4>{t(chosen ? 'detail.how' : 'detail.howNot')}</h4>
      {ways.length === 0 ? <p>{t('detail.noWay')}</p> : null}
      <div className={style.ways}>
        {ways.map(({ remove, decisions }) => (
          <ActionButton size="small" block key={JSON.stringify(remove)} data-way onClick={() => onTake(decisions)}>
            {t('detail.giveUp', { names: listed(outline, remove, language, 4) })}
          </ActionButton>
        ))}
      </div>
    </div>
  )

  function statementText(statement: Statement): string {
    if ('chosen' in statement) return decisionText(outline, statement, language)
    const name =
      'number' in statement
        ? (outline.index.groups.get(statement.number)?.name[language] ?? statement.number)
        : (outline.index.options.get(statement.option)?.option.name[language] ?? statement.option)
    if ('counts' in statement) return t(statement.counts ? 'detail.counts' : 'detail.countsNot', { name })
    return 'atMost' in statement
      ? `${name} ≤ ${formatNumber(statement.atMost, language)}`
      : `${name} ≥ ${formatNumber(statement.atLeast, language)}`
  }

  function ruleText({ kind, id, message }: Rule): string {
    if (kind === 'constraint') return message?.[language] ?? id
    const group = outline.index.groups.get(id)
    const name = group?.name[language] ?? id
    switch (kind) {
      case 'parent':
        return t('detail.parent', { name })
      case 'number':
        return t('detail.numberRule', { name })
      default:
        return t('detail.group', { name, how: t(group?.kind === 'choose-one' ? 'tree.choose-one' : 'tree.choose-some') })
    }
  }
}

interface AmountFormProps {
  node: Node
  amount: Amount
  own: Decision | undefined
  onSet(decision: Decision): void
}

const intervalsShown = 4

/** A number, or the pieces of an option. What is typed lands on the nearest possible value. */
function AmountForm({ node: { id, kind }, amount: { counts, possible }, own, onSet }: AmountFormProps) {
  const t = useTexts('explorer')
  const language = useLanguage()
  const say = (number: number) => formatNumber(number, language)
  const values = possible.slice(0, intervalsShown).map(({ min, max }) => (min === max ? say(min) : `${say(min)} – ${say(max)}`))
  if (possible.length > intervalsShown) values.push('…')
  const value = own && 'value' in own ? own.value : own && 'quantity' in own ? own.quantity : null

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('amount')).trim()
    const wish = Number(typed)
    if (typed === '' || !Number.isFinite(wish)) return
    const nearest = nearestPossible(possible, wish, wish)
    onSet(kind === 'number' ? { number: id, value: nearest } : { option: id, quantity: nearest })
  }
  if (counts === 'no') return <p className={style.faint}>{t('detail.idle')}</p>
  return (
    <form className={style.amount} onSubmit={submit}>
      <TextField
        name="amount"
        inputMode="decimal"
        autoComplete="off"
        label={t(kind === 'number' ? 'detail.amount' : 'detail.pieces')}
        help={t('detail.possible', { values: values.join(language === 'en' ? ', ' : '、') })}
        defaultValue={value ?? ''}
      />
      <ActionButton size="small" type="submit">
        {t('detail.set')}
      </ActionButton>
    </form>
  )
}
