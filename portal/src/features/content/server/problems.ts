import { conflict, Failure, notFound, type ServerFeature } from '#platform/server'
import type { Lack } from '../core/index.ts'

/** How many pages and pictures there may be. */
export const mostPages = 500
export const mostPictures = 2000

export const noSuchPage = () => notFound({ 'zh-CN': '页面', en: 'page' })

export const addressTaken = (slug: string) =>
  new Failure({
    status: 409,
    type: 'page-address-taken',
    title: { 'zh-CN': '地址已被占用', en: 'The address is taken' },
    detail: { 'zh-CN': '另一个页面已使用此地址，本次内容未保存。', en: 'Another page has this address. Nothing was saved.' },
    remedy: { 'zh-CN': '请换一个地址。', en: 'Choose another address.' },
    errors: [
      {
        field: '/slug',
        value: slug,
        message: { 'zh-CN': '另一个页面已使用此地址。', en: 'Another page has this address.' },
        remedy: { 'zh-CN': '请换一个地址。', en: 'Choose another.' },
      },
    ],
  })

/** Of the home page, which has no address somebody could change. */
export const homeTaken = () =>
  conflict(
    'page-address-taken',
    { 'zh-CN': '首页已存在，只能有一个。', en: 'There is a home page already, and there can be one.' },
    { 'zh-CN': '请在页面列表中打开并修改它。', en: 'Open it in the list of pages and change that one.' },
  )

export const pageIncomplete = (lacks: readonly Lack[]) =>
  new Failure({
    status: 422,
    type: 'page-incomplete',
    title: { 'zh-CN': '页面尚不完整', en: 'The page is not complete' },
    detail: {
      'zh-CN': `有 ${lacks.length} 处需要补充，尚未发布。`,
      en: `${lacks.length === 1 ? 'One thing is' : `${lacks.length} things are`} missing. Nothing was published.`,
    },
    remedy: { 'zh-CN': '请补充所列内容后再发布。', en: 'Complete what is named, then publish.' },
    errors: lacks.slice(0, 50).map(lack => ({ ...lack })),
  })

export const pageShown = () =>
  conflict(
    'page-shown',
    { 'zh-CN': '页面正在展示或等待发布，不能删除。', en: 'The page is shown, or waits to be.' },
    { 'zh-CN': '请先下线页面。', en: 'Take it off the site first.' },
  )

export const tooManyPages = () =>
  conflict(
    'too-many-pages',
    { 'zh-CN': `最多 ${mostPages} 个页面。`, en: `There may be ${mostPages} pages at most.` },
    { 'zh-CN': '请先删除不再需要的页面。', en: 'Remove pages you no longer need first.' },
  )

export const tooManyPictures = () =>
  conflict(
    'too-many-pictures',
    { 'zh-CN': `最多 ${mostPictures} 张图片。`, en: `There may be ${mostPictures} pictures at most.` },
    {
      'zh-CN': '请先删除不再需要的页面，一天后其图片会自动清除。',
      en: 'Remove pages you no longer need; their pictures go within a day.',
    },
  )

export const contentProblems: NonNullable<ServerFeature['problems']> = {
  'page-address-taken': {
    status: 409,
    title: { 'zh-CN': '地址已被占用', en: 'The address is taken' },
    explanation: {
      'zh-CN': '每个页面的地址只能属于一个页面，草稿与等待发布的页面也算在内。',
      en: 'An address belongs to one page. Drafts and pages that wait to be published count too.',
    },
  },
  'page-incomplete': {
    status: 422,
    title: { 'zh-CN': '页面尚不完整', en: 'The page is not complete' },
    explanation: {
      'zh-CN': 'errors 逐项列出缺少的内容，指向草稿中的位置。草稿可以不完整，发布的页面不可以。',
      en: '`errors` names what is missing, by its place in the draft. A draft may be incomplete, a published page may not.',
    },
  },
  'page-shown': {
    status: 409,
    title: { 'zh-CN': '页面正在展示', en: 'The page is shown' },
    explanation: { 'zh-CN': '只有未展示的页面才能删除。', en: 'Only a page that is not shown can be removed.' },
  },
  'too-many-pages': {
    status: 409,
    title: { 'zh-CN': '页面过多', en: 'Too many pages' },
    explanation: { 'zh-CN': '页面数量有上限。', en: 'There is a limit to the number of pages.' },
  },
  'too-many-pictures': {
    status: 409,
    title: { 'zh-CN': '图片过多', en: 'Too many pictures' },
    explanation: { 'zh-CN': '图片数量有上限。', en: 'There is a limit to the number of pictures.' },
  },
}
