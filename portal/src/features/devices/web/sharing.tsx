import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { api, Choice, useProblem, useTexts } from '#platform/web'
import { type OwnDeviceDetail, setSharing, type Withheld } from '../core/index.ts'
import style from './machines.module.css'

interface SharingProps {
  device: OwnDeviceDetail
  withheld: NonNullable<OwnDeviceDetail['withheld']>
}

/** With whom the owner shares what his machine reports. Everybody of the company sees it, its administrators switch it. */
export function Sharing({ device, withheld }: SharingProps) {
  const t = useTexts('devices')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  // what was just switched stands at once; the answer confirms it, or puts it back
  const [wish, setWish] = useState<{ whom: Withheld; shared: boolean } | null>(null)
  const change = async (whom: Withheld, shared: boolean) => {
    setWish({ whom, shared })
    await attempt(() => api.call(setSharing, { params: { deviceId: device.id }, body: { whom, shared } }))
    await revalidate()
    setWish(null)
  }
  return (
    <section className={style.section}>
      <h2>{t('sharing.title')}</h2>
      <ProblemNotice problem={problem} />
      <div className={style.switches}>
        {(['manufacturer', 'service-partner'] as const).map(whom => (
          <Choice
            key={whom}
            type="checkbox"
            checked={wish?.whom === whom ? wish.shared : withheld[whom] === null}
            disabled={wish !== null || !device.manages}
            onChange={event => void change(whom, event.target.checked)}
            label={t(`sharing.${whom}`)}
            help={t(`sharing.${whom}Help`)}
          />
        ))}
      </div>
      <p className={style.muted}>{t('sharing.rule')}</p>
    </section>
  )
}
