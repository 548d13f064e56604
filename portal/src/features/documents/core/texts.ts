export const texts = { 'zh-CN': {}, en: {} } as const
