import { useId, useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { type CallResult, formatBytes } from '#platform/core'
import { ActionButton, ActionFile, acceptedPictures, api, Notice, useLanguage, useProblem, useTexts } from '#platform/web'
import { type BrandPictureName, type getBrand, mostPictureBytes, removeBrandPicture, uploadBrandPicture } from '../core/index.ts'
import style from './brand-page.module.css'

interface BrandPictureProps {
  which: BrandPictureName
  picture: CallResult<typeof getBrand>['logo']
}

/** The logo or the mark as it is, and the way to another or none. */
export function BrandPicture({ which, picture }: BrandPictureProps) {
  const t = useTexts('manufacturer')
  const language = useLanguage()
  const id = useId()
  const { revalidate } = useRevalidator()
  const { problem, attempt, clear } = useProblem()
  const [busy, setBusy] = useState(false)
  const [tooLarge, setTooLarge] = useState<number | null>(null)
  const doing = async (work: () => Promise<unknown>) => {
    setBusy(true)
    clear()
    setTooLarge(null)
    await attempt(work)
    setBusy(false)
    await revalidate()
  }
  const upload = (file: File) => {
    if (file.size > mostPictureBytes) setTooLarge(file.size)
    else void doing(() => api.call(uploadBrandPicture, { params: { picture: which }, body: { name: file.name, content: file } }))
  }
  return (
    <section className={style.picture} aria-labelledby={id}>
      <h2 id={id}>{t(`brand.${which}`)}</h2>
      <p className={style.help}>{t(`brand.${which}Help`)}</p>
      <div className={style.shown}>
        {picture ? (
          <img src={picture.path} width={picture.width} height={picture.height} alt={t(`brand.${which}`)} />
        ) : (
          <span className={style.help}>{t('brand.none')}</span>
        )}
      </div>
      {tooLarge === null ? null : (
        <Notice tone="bad" live title={t('brand.tooLarge', { size: formatBytes(tooLarge, language) })} />
      )}
      <ProblemNotice problem={problem} />
      <div className={style.actions}>
        <ActionFile accept={acceptedPictures} disabled={busy} onFile={upload}>
          {busy ? t('brand.uploading') : t(picture ? 'brand.replace' : 'brand.upload')}
          <span className="visually-hidden"> {t(`brand.${which}`)}</span>
        </ActionFile>
        {picture ? (
          <ActionButton
            strength="quiet"
            disabled={busy}
            aria-label={`${t('brand.remove')} ${t(`brand.${which}`)}`}
            onClick={() => void doing(() => api.call(removeBrandPicture, { params: { picture: which } }))}
          >
            {t('brand.remove')}
          </ActionButton>
        ) : null}
      </div>
    </section>
  )
}
