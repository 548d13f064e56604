import { writeFileSync } from 'node:fs'
import { personalDataFile, personalDataPage } from '../src/app/personal-data.ts'

// npm run personal-data: writes docs/security/personal-data.md from the declarations
writeFileSync(personalDataFile, personalDataPage())
console.log(`Written: ${personalDataFile}`)
