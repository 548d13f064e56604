import { z } from 'zod'
import { endpoint } from '#platform/core'
import { shownBrand } from './brand-api.ts'
import { isSaid, manufacturerProfile, profileToSave } from './profile.ts'

export const getManufacturer = endpoint({
  id: 'manufacturer.getManufacturer',
  method: 'GET',
  path: '/manufacturer',
  summary: 'Who runs this portal, and how it looks',
  access: 'public',
  // the imprint is long, and every page asks for this
  result: manufacturerProfile.omit({ imprint: true }).extend({ brand: shownBrand, hasImprint: z.boolean() }),
})

export const getImprint = endpoint({
  id: 'manufacturer.getImprint',
  method: 'GET',
  path: '/manufacturer/imprint',
  summary: 'Who answers for this portal, as its imprint says. 404 while there is none',
  access: 'public',
  result: z.object({ imprint: manufacturerProfile.shape.imprint }),
})

const noName = {
  message: { 'zh-CN': '缺少企业名称。', en: 'The name is missing.' },
  remedy: { 'zh-CN': '请填写至少一种语言的名称。', en: 'Give it in one language at least.' },
}

const edited = z.object({
  profile: manufacturerProfile,
  /** nobody has filled it in yet */
  unnamed: z.boolean(),
})

export const getProfile = endpoint({
  id: 'manufacturer.getProfile',
  method: 'GET',
  path: '/manufacturer/profile',
  summary: 'The profile of who runs this portal, to be edited',
  access: { staff: 'manufacturer.manage' },
  concurrency: 'etag',
  result: edited,
})

export const saveProfile = endpoint({
  id: 'manufacturer.saveProfile',
  method: 'PUT',
  path: '/manufacturer/profile',
  summary: 'Say who runs this portal. A text that is given in one language stands for both',
  access: { staff: 'manufacturer.manage' },
  concurrency: 'if-match',
  audit: 'manufacturer.changed',
  body: profileToSave.refine(({ name }) => isSaid(name), { path: ['name', 'zh-CN'], params: noName }),
  result: edited,
})
