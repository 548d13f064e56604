import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import {
  ActionButton,
  api,
  type FieldMessages,
  Notice,
  SelectField,
  StatusBadge,
  TextField,
  useProblem,
  useTexts,
} from '#platform/web'
import { type Channel, channels, type Discovery, indexNowHosts, pushAllPages } from '../core/index.ts'
import style from './discovery-page.module.css'
import type { Save } from './discovery-page.tsx'
import { LastPushes } from './last-pushes.tsx'

interface Props {
  discovery: Discovery
  saveIndexNow: Save
  saveBaidu: Save
  /** whose form has just saved */
  saved: string | null
}

/** Who is told of pages that came or changed, and what was answered. */
export function PushSettings({ discovery, saveIndexNow, saveBaidu, saved }: Props) {
  const t = useTexts('discovery')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [started, setStarted] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)
  const pushAll = async () => {
    setBusy(true)
    setStarted(null)
    const answer = await attempt(() => api.call(pushAllPages, {})).finally(() => setBusy(false))
    await revalidate()
    if (answer) setStarted(answer.addresses)
  }
  const anyOn = discovery.indexNow.on || discovery.baidu.on
  return (
    <section className={style.part}>
      <h2>{t('push.title')}</h2>
      <p className={style.help}>{t('push.help')}</p>
      <IndexNow {...discovery.indexNow} save={saveIndexNow} saved={saved === 'indexNow'} />
      <Baidu {...discovery.baidu} save={saveBaidu} saved={saved === 'baidu'} />
      <div className={style.channel}>
        <h3>{t('push.last')}</h3>
        <span className={style.row}>
          <ActionButton size="small" disabled={busy || !anyOn || discovery.hidden} onClick={() => void pushAll()}>
            {t('push.all')}
          </ActionButton>
          <ActionButton size="small" strength="quiet" onClick={() => void revalidate()}>
            {t('push.refresh')}
          </ActionButton>
          <Waiting waiting={discovery.waiting} />
        </span>
        {started === null ? null : <Notice tone="good" live title={t('push.allStarted', { count: started })} />}
        <ProblemNotice problem={problem} />
        <LastPushes pushes={discovery.pushes} />
      </div>
    </section>
  )
}

function Waiting({ waiting }: { waiting: Discovery['waiting'] }) {
  const t = useTexts('discovery')
  return channels
    .filter(channel => (waiting[channel] ?? 0) > 0)
    .map(channel => (
      <span key={channel} className={style.help}>
        {t(`push.channel.${channel}`)}: {t('push.waiting', { count: waiting[channel] })}
      </span>
    ))
}

function IndexNow({ on, host, keyFile, save, saved }: Discovery['indexNow'] & { save: Save; saved: boolean }) {
  const t = useTexts('discovery')
  const { problem, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const change = async (indexNow: NonNullable<Parameters<Save>[0]>['indexNow']) => {
    setBusy(true)
    await attempt(() => save({ indexNow })).finally(() => setBusy(false))
  }
  return (
    <div className={style.channel}>
      <Head channel="index-now" on={on} />
      <p className={style.help}>{t('push.indexNowHelp')}</p>
      <ProblemNotice problem={problem} />
      {on ? (
        <SelectField
          label={t('push.indexNowHost')}
          help={t('push.indexNowHostHelp')}
          value={host}
          disabled={busy}
          options={indexNowHosts.map(value => ({ value, label: value }))}
          onChange={event => void change({ on: true, host: indexNowHosts.find(one => one === event.target.value) })}
        />
      ) : null}
      {on && keyFile ? (
        <p className={style.help}>
          {t('push.keyFile')}{' '}
          <a href={keyFile} target="_blank" rel="noreferrer">
            {keyFile}
          </a>
        </p>
      ) : null}
      {saved ? <Notice tone="good" live title={t('saved')} /> : null}
      <Switch channel="index-now" on={on} busy={busy} onChange={() => void change({ on: !on })} />
    </div>
  )
}

function Baidu({ on, site, save, saved }: Discovery['baidu'] & { save: Save; saved: boolean }) {
  const t = useTexts('discovery')
  const entry = useEntry(
    (typed): FieldMessages => (typed.text('baiduToken') ? {} : { baiduToken: t('push.tokenMissing') }),
    typed => save({ baiduToken: typed.text('baiduToken') }),
  )
  const { problem, attempt } = useProblem()
  return (
    <div className={style.channel}>
      <Head channel="baidu" on={on} />
      <form className={style.form} key={String(saved)} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem ?? problem} />
        <TextField
          label={t('push.baiduToken')}
          name="baiduToken"
          autoComplete="off"
          spellCheck={false}
          maxLength={600}
          help={on ? t('push.baiduHelpOn') : t('push.baiduHelp', { site })}
          error={entry.errors.baiduToken}
        />
        {saved ? <Notice tone="good" live title={t('saved')} /> : null}
        <span className={style.row}>
          <ActionButton type="submit" size="small" disabled={entry.busy}>
            {t('save')}
          </ActionButton>
          {on ? (
            <Switch channel="baidu" on busy={entry.busy} onChange={() => void attempt(() => save({ baiduToken: '' }))} />
          ) : null}
        </span>
      </form>
    </div>
  )
}

function Head({ channel, on }: { channel: Channel; on: boolean }) {
  const t = useTexts('discovery')
  return (
    <span className={style.row}>
      <h3>{t(`push.channel.${channel}`)}</h3>
      <StatusBadge tone={on ? 'good' : 'neutral'}>{t(on ? 'push.on' : 'push.off')}</StatusBadge>
    </span>
  )
}

function Switch({ channel, on, busy, onChange }: { channel: Channel; on: boolean; busy: boolean; onChange(): void }) {
  const t = useTexts('discovery')
  const name = t(`push.channel.${channel}`)
  return (
    <ActionButton
      size="small"
      disabled={busy}
      aria-label={t(on ? 'push.turnOffOf' : 'push.turnOnOf', { channel: name })}
      onClick={onChange}
    >
      {t(on ? 'push.turnOff' : 'push.turnOn')}
    </ActionButton>
  )
}
