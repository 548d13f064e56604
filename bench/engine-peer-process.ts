/** One of the other solvers in a process of its own: its name as the argument, a job as JSON in, an answer as JSON out. */
import { text } from 'node:stream/consumers'
import { answerOf, type PeerJob } from './engine-answerers.ts'

const answer = await answerOf(process.argv[2]!, JSON.parse(await text(process.stdin)) as PeerJob)
process.stdout.write(JSON.stringify(answer), () => process.exit()) // some of them leave threads behind
