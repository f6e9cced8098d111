import { expect, test } from '@jest/globals'
import { Command } from 'commander'
import { commands } from '../../../src/cli/program.ts'

const program = new Command('ringleader')
for (const add of commands) add(program)

/** Commands that do something; the others only hold them. */
const leaves = (parent: Command): readonly Command[] =>
  parent.commands.flatMap((command) => (command.commands.length > 0 ? leaves(command) : [command]))

function fullName(command: Command): string {
  return command.parent?.parent ? `${fullName(command.parent)} ${command.name()}` : command.name()
}

/** What `--help` prints, with the texts added to it. */
function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: (more) => (text += more) })
  command.outputHelp()
  return text
}

test.each(leaves(program).map((command) => [fullName(command), command] as const))(
  '%s has help with a description, --json, --data and examples of itself',
  (name, command) => {
    const help = helpOf(command)

    expect(command.description()).toMatch(/\.$/)
    expect(help).toContain('Examples:')
    expect(help).toContain(`$ ringleader ${name}`)
    if (!/^range (generate|score|board|tune|teach)$/.test(name)) expect(help).toContain('--data <dir>')
    expect(help).toContain('--json')
  },
)
