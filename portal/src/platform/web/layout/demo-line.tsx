import { useTexts } from '../i18n/index.ts'
import style from './demo-line.module.css'

/** Above every page of a demo. Its height is `--demo-line`, for what fills the window. */
export function DemoLine() {
  const t = useTexts('platform')
  return (
    <aside className={style.line} aria-label={t('layout.demoLabel')}>
      {t('layout.demo')}
    </aside>
  )
}
