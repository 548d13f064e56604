import { expect, test } from 'vitest'
import { signAcs3 } from './acs3-signature.ts'

test('the example of the documentation is signed as it says', () => {
  const { headers, query } = signAcs3(
    {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      action: 'RunInstances',
      version: '2014-05-26',
      query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
      at: new Date('2023-10-26T10:22:32.512Z'),
      nonce: '3156853299f313e23d1673dc12e1703d',
    },
    { keyId: 'YourAccessKeyId', secret: 'YourAccessKeySecret' },
  )
  expect(query).toBe('ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai')
  expect(headers.authorization).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  )
})

test('what an address would read as something else is encoded', () => {
  const { query } = signAcs3(
    {
      host: 'h',
      action: 'a',
      version: 'v',
      query: { B: "*'()! ~", A: '{"code":"1"}', C: '智造+先锋' },
      at: new Date(0),
      nonce: 'n',
    },
    { keyId: 'k', secret: 's' },
  )
  expect(query).toBe('A=%7B%22code%22%3A%221%22%7D&B=%2A%27%28%29%21%20~&C=%E6%99%BA%E9%80%A0%2B%E5%85%88%E9%94%8B')
})
