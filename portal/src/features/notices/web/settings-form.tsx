import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice, type Typed, useEntry } from '#features/accounts/web'
import { ActionButton, api, Choice, ChoiceGroup, TextField, useTexts } from '#platform/web'
import {
  type Channel,
  changeMyNoticeSettings,
  channels,
  type NoticeKind,
  type NoticeSettingsView,
  noticeKinds,
  type Urgency,
  urgencies,
} from '../core/index.ts'
import style from './notices.module.css'

/** How somebody wants to be told: ways by severity, kinds, quiet hours. */
export function SettingsForm({ settings, etag }: { settings: NoticeSettingsView; etag: string }) {
  const t = useTexts('notices')
  const { revalidate } = useRevalidator()
  const [saved, setSaved] = useState(false)
  const entry = useEntry(
    () => {
      setSaved(false)
      return {}
    },
    async typed => {
      await api.call(changeMyNoticeSettings, { body: fieldsOf(typed), ifMatch: etag })
      await revalidate()
      setSaved(true)
    },
  )
  const { quiet, zone, kinds } = settings
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <Ways settings={settings} />
      <ChoiceGroup title={t('choose.kinds')}>
        {noticeKinds.map(kind => (
          <Choice
            key={kind}
            type="checkbox"
            name="kind"
            value={kind}
            defaultChecked={kinds.includes(kind)}
            label={t(`choose.kind.${kind}`)}
          />
        ))}
      </ChoiceGroup>
      <ChoiceGroup title={t('choose.quiet')}>
        <Choice
          type="checkbox"
          name="quiet"
          value="on"
          defaultChecked={quiet !== null}
          label={t('choose.quietOn')}
          help={t('choose.quietHelp')}
        />
        <div className={style.hours}>
          <TextField
            label={t('choose.from')}
            name="from"
            type="time"
            defaultValue={quiet?.from ?? '22:00'}
            error={entry.errors['quiet/from']}
          />
          <TextField
            label={t('choose.until')}
            name="until"
            type="time"
            defaultValue={quiet?.until ?? '07:00'}
            error={entry.errors['quiet/until']}
          />
          <TextField
            label={t('choose.zone')}
            name="zone"
            defaultValue={zone}
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            help={t('choose.zoneHelp')}
            error={entry.errors.zone}
          />
        </div>
      </ChoiceGroup>
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('choose.save')}
        </ActionButton>
        <p role="status">{saved ? t('choose.saved') : ''}</p>
      </div>
    </form>
  )
}

/** A box for each severity and way. */
function Ways({ settings }: { settings: NoticeSettingsView }) {
  const t = useTexts('notices')
  const offered = channels.filter(channel => channel !== 'sms' || settings.sms === 'ready')
  return (
    <section className={style.column}>
      <table className={style.ways}>
        <caption>{t('choose.ways')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('choose.severity')}</th>
            {offered.map(channel => (
              <th scope="col" key={channel}>
                {t(`choose.channel.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {urgencies.map(urgency => (
            <tr key={urgency}>
              <th scope="row">{t(`urgency.${urgency}`)}</th>
              {offered.map(channel => (
                <td key={channel}>
                  <input
                    type="checkbox"
                    name={urgency}
                    value={channel}
                    defaultChecked={settings.channels[urgency].includes(channel)}
                    aria-label={t('choose.way', {
                      urgency: t(`urgency.${urgency}`),
                      channel: t(`choose.channel.${channel}`),
                    })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {settings.sms === 'ready' ? null : (
        <p className={style.muted}>{t(settings.sms === 'none' ? 'choose.smsNone' : 'choose.smsNoPhone')}</p>
      )}
    </section>
  )
}

const fieldsOf = (typed: Typed) => ({
  channels: Object.fromEntries(urgencies.map(urgency => [urgency, typed.all(urgency) as Channel[]])) as Record<
    Urgency,
    Channel[]
  >,
  kinds: typed.all('kind') as NoticeKind[],
  quiet: typed.text('quiet') ? { from: typed.text('from'), until: typed.text('until') } : null,
  zone: typed.text('zone'),
})
