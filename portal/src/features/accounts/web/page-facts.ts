import type { LoaderFunctionArgs, MetaDescriptor } from 'react-router'
import { type Language, translate } from '#platform/core'
import { languageContext, originContext, pageMeta } from '#platform/web'

export interface PageFacts {
  language: Language
  origin: string
}

export const pageFacts = (context: LoaderFunctionArgs['context']): PageFacts => ({
  language: context.get(languageContext),
  origin: context.get(originContext),
})

/** `meta` of a page of this feature; none of them belongs into a search engine. */
export const accountPageMeta =
  (path: string, titleKey: string, descriptionKey?: string) =>
  ({ loaderData }: { loaderData?: PageFacts | undefined }): MetaDescriptor[] => {
    if (!loaderData) return []
    const say = (key: string) => translate(loaderData.language, `accounts:${key}`)
    const description = descriptionKey ? { description: say(descriptionKey) } : {}
    return pageMeta({ ...loaderData, path, title: say(titleKey), ...description, hidden: true })
  }
