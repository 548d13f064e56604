import { useTexts } from '#platform/web'
import { modelTemplate } from '../../core/index.ts'
import style from './workbook-links.module.css'

/** Where the product form begins: empty, or filled in as an example. */
export function TemplateLinks() {
  const t = useTexts('products')
  const address = `/api/v1${modelTemplate.path}`
  return (
    <p className={style.links}>
      <a href={address} download>
        {t('console.template')}
      </a>
      <a href={`${address}?example=true`} download>
        {t('console.example')}
      </a>
    </p>
  )
}
