import { LocaleLink, Notice, useTexts } from '#platform/web'
import type { AlarmFlood } from '../core/index.ts'

/** So many alarms at once that nobody can look at each. below: path below which machines are, where there are several */
export function FloodNotice({ flood, below }: { flood: AlarmFlood; below: string | undefined }) {
  const t = useTexts('alarms')
  return (
    <Notice tone="warn" title={t('flood', { count: flood.alarms })}>
      <p>{t('floodHelp')}</p>
      {below === undefined ? null : (
        <ul>
          {flood.machines.slice(0, 10).map(({ id, serial, model, alarms }) => (
            <li key={id}>
              <LocaleLink to={`${below}/${id}/alarms`}>
                {t('floodOf', { machine: `${model} ${serial}`, count: alarms })}
              </LocaleLink>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
