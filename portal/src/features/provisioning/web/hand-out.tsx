import { type FormEvent, useId, useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice, useConfirmed } from '#features/accounts/web'
import { formatNumber, formatTime } from '#platform/core'
import {
  ActionButton,
  api,
  Choice,
  ChoiceGroup,
  Notice,
  TextField,
  useExport,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type DeviceListDetail, handOutDeviceList, signInKinds } from '../core/index.ts'
import style from './provisioning.module.css'

type SignIn = (typeof signInKinds)[number]

/** The one download: what to put into it, the second confirmation, and how far it is. */
export function HandOut({ list, certifies }: { list: DeviceListDetail; certifies: boolean }) {
  const t = useTexts('provisioning')
  const language = useLanguage()
  const zone = useTimeZone()
  const { revalidate } = useRevalidator()
  const { problem, attempt, clear } = useProblem()
  const { confirmed, dialog } = useConfirmed()
  const { progress, save } = useExport('device-list-exports')
  const [signIn, setSignIn] = useState<SignIn>(certifies ? 'certificate' : 'token')
  const [got, setGot] = useState(false)
  const label = useId()

  async function take(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const months = Number(typed.get('months') ?? 24)
    const body = { signIn, months, pkcs12: typed.has('pkcs12'), language }
    clear()
    setGot(false)
    await attempt(async () => {
      const answer = await confirmed(token => api.fetchFile(handOutDeviceList, { params: { listId: list.id }, body, ...token }))
      if (!answer) return
      await save(answer)
      setGot(true)
    })
    await revalidate()
  }
  return (
    <section className={style.section} aria-labelledby="hand-out">
      <h2 id="hand-out">{t('list.handOut')}</h2>
      <p className={style.help}>{t('list.handOutHelp')}</p>
      <ProblemNotice problem={problem} />
      {got ? <Notice tone="good" live title={t('list.got')} /> : null}
      {progress ? (
        <div className={style.section} aria-live="polite">
          <p id={label}>
            {t('list.progress', { done: formatNumber(progress.done, language), rows: formatNumber(progress.rows, language) })}
          </p>
          <progress className={style.progress} aria-labelledby={label} max={Math.max(progress.rows, 1)} value={progress.done} />
        </div>
      ) : (
        <form className={style.form} method="post" onSubmit={take}>
          {list.handedOutAt && !got ? (
            <Notice tone="warn">
              <p>{t('list.again', { at: formatTime(list.handedOutAt, language, zone), by: list.handedOutBy ?? '' })}</p>
            </Notice>
          ) : null}
          <ChoiceGroup title={t('list.signIn')}>
            {signInKinds.map(kind => (
              <Choice
                key={kind}
                type="radio"
                name="signIn"
                value={kind}
                checked={signIn === kind}
                disabled={kind === 'certificate' && !certifies}
                onChange={() => setSignIn(kind)}
                label={t(`list.${kind}`)}
                help={t(kind === 'certificate' && !certifies ? 'list.certificateOff' : `list.${kind}Help`)}
              />
            ))}
          </ChoiceGroup>
          {signIn === 'certificate' ? (
            <>
              <TextField
                label={t('list.months')}
                name="months"
                type="number"
                required
                min={1}
                max={120}
                defaultValue={24}
                help={t('list.monthsHelp')}
              />
              <Choice type="checkbox" name="pkcs12" label={t('list.pkcs12')} help={t('list.pkcs12Help')} />
            </>
          ) : null}
          <div className={style.actions}>
            <ActionButton type="submit" strength="primary">
              {t('list.get')}
            </ActionButton>
          </div>
        </form>
      )}
      {dialog}
    </section>
  )
}
