import type { FieldError, LocalizedText } from '#platform/core'

/** An expected failure, thrown by a use case and answered as a problem. What is not one of these is our fault and answers 500. */
export class Failure extends Error {
  readonly status: number
  /** last segment of the problem's type URI, kebab-case: 'not-found', 'price-changed' */
  readonly type: string
  readonly title: LocalizedText
  readonly detail: LocalizedText
  readonly remedy?: LocalizedText
  readonly errors?: LocalizedFieldError[]
  readonly extensions?: Record<string, unknown>
  /** a step on the way, whatever its status: nobody was refused */
  readonly expected: boolean
  constructor(failure: FailureFields) {
    super(failure.detail.en)
    this.name = 'Failure'
    this.status = failure.status
    this.type = failure.type
    this.title = failure.title
    this.detail = failure.detail
    if (failure.remedy) this.remedy = failure.remedy
    if (failure.errors) this.errors = failure.errors
    if (failure.extensions) this.extensions = failure.extensions
    this.expected = failure.expected ?? false
  }
}

interface FailureFields {
  status: number
  type: string
  title: LocalizedText
  detail: LocalizedText
  remedy?: LocalizedText
  errors?: LocalizedFieldError[]
  extensions?: Record<string, unknown>
  expected?: boolean
}

export type LocalizedFieldError = Omit<FieldError, 'message' | 'remedy'> & { message: LocalizedText; remedy?: LocalizedText }

/** The stranger's answer too: what is not his does not exist. */
export const notFound = (what: LocalizedText): Failure =>
  new Failure({
    status: 404,
    type: 'not-found',
    title: { 'zh-CN': '未找到', en: 'Not found' },
    detail: { 'zh-CN': `未找到${what['zh-CN']}。`, en: `There is no such ${what.en}.` },
    remedy: { 'zh-CN': '请检查链接或返回列表。', en: 'Check the link or go back to the list.' },
  })

/** A value in the body, query or path that a rule refuses. */
export const invalid = (errors: LocalizedFieldError[]): Failure =>
  new Failure({
    status: 422,
    type: 'validation',
    title: { 'zh-CN': '输入有误', en: 'Invalid input' },
    detail: { 'zh-CN': '部分内容需要修改，尚未保存。', en: 'Some fields need a correction. Nothing was saved.' },
    errors,
  })

/** The thing is not in a state that allows this. */
export const conflict = (
  type: string,
  detail: LocalizedText,
  remedy?: LocalizedText,
  extensions?: Record<string, unknown>,
): Failure =>
  new Failure({
    status: 409,
    type,
    title: { 'zh-CN': '无法执行', en: 'Not possible now' },
    detail,
    ...(remedy ? { remedy } : {}),
    ...(extensions ? { extensions } : {}),
  })

/** Answer to an edit of a version that is no longer the current one. */
export const changedMeanwhile = (): Failure =>
  new Failure({
    status: 412,
    type: 'changed-meanwhile',
    title: { 'zh-CN': '内容已被他人修改', en: 'Somebody changed this meanwhile' },
    detail: {
      'zh-CN': '您看到的版本已过期，尚未保存。',
      en: 'The version you saw is no longer the current one. Nothing was saved.',
    },
    remedy: { 'zh-CN': '请重新加载后再次修改。', en: 'Reload, then make your change again.' },
  })
