import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { formatDate } from '#platform/core'
import { ActionButton, api, ConfirmDialog, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import { endMyRole, type Onlooker, type OwnDeviceDetail } from '../core/index.ts'
import style from './machines.module.css'

/** Who can see what a machine reports; its owner's administrators send away whom they let in. */
export function Onlookers({ device }: { device: OwnDeviceDetail }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [ends, setEnds] = useState<Onlooker | null>(null)
  const end = async () => {
    await attempt(() => api.call(endMyRole, { params: { deviceId: device.id, roleId: ends!.id! } }))
    setEnds(null)
    await revalidate()
  }
  return (
    <section className={style.section}>
      <h2>{t('watching.title')}</h2>
      <p className={style.muted}>{t('watching.lead')}</p>
      <ProblemNotice problem={problem} />
      <ul className={style.watchers} aria-label={t('watching.title')}>
        {device.onlookers.map(onlooker => (
          <li key={onlooker.id ?? onlooker.who} className={style.watcher}>
            <OnlookerWords onlooker={onlooker} device={device} />
            {device.manages && onlooker.id ? (
              <ActionButton
                size="small"
                strength="quiet"
                aria-label={t('watching.endOf', { name: onlooker.name[language] })}
                onClick={() => setEnds(onlooker)}
              >
                {t('watching.end')}
              </ActionButton>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={ends !== null}
        title={t('watching.endTitle', { name: ends?.name[language], machine: `${device.model} ${device.serial}` })}
        action={t('watching.end')}
        danger
        onConfirm={() => void end()}
        onClose={() => setEnds(null)}
      >
        {t('watching.endHelp')}
      </ConfirmDialog>
    </section>
  )
}

function OnlookerWords({ onlooker, device }: { onlooker: Onlooker; device: OwnDeviceDetail }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const { who, name, people, count, since } = onlooker
  const off = who === 'manufacturer' || who === 'service-partner' ? device.withheld?.[who] : null
  const more =
    who === 'own-company'
      ? t('watching.people', { count: count ?? 0, names: people.join(language === 'en' ? ', ' : '、') })
      : who === 'manufacturer'
        ? t('watching.staff', { count: count ?? 0, name: name[language] })
        : since && t('watching.from', { date: formatDate(since, language, zone) })
  return (
    <div>
      <strong>{who === 'own-company' || who === 'manufacturer' ? t(`watching.${who}`) : name[language]}</strong>
      <span className={style.muted}>
        {who === 'operator' || who === 'service-partner' ? `${t(`watching.${who}`)} · ` : ''}
        {more}
      </span>
      {off ? <span className={style.muted}>{t('sharing.off', { date: formatDate(off, language, zone) })}</span> : null}
    </div>
  )
}
