declare module '#platform/core' {
  interface EventTypes {
    'robot.added': { robotId: string; by: string }
    'robot.changed': { robotId: string; by: string }
    'robot.removed': { robotId: string; by: string }
  }
}

export {}
