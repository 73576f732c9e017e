// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is replaced is code.
import assert from 'node:assert/strict';
import { environmentReference } from '../../../src/source/environmentReference';

const SECRET = 'S3CRET';

/** The text with the secret replaced. */
function replaced(languageId: string, text: string): string {
  const start = text.indexOf(SECRET);
  const replacement = environmentReference(text, { start, end: start + SECRET.length }, 'X', languageId);
  return text.slice(0, replacement.start) + replacement.text + text.slice(replacement.end);
}

describe('a reference to the environment, in the way of', () => {
  const rows: readonly [language: string, before: string, after: string][] = [
    ['javascript', 'const token = "S3CRET";', 'const token = process.env.X;'],
    ['typescript', "headers: { 'X-Auth-Key': 'S3CRET' },", "headers: { 'X-Auth-Key': process.env.X },"],
    ['typescript', 'const token = `S3CRET`;', 'const token = process.env.X;'],
    ['typescript', 'auth(`Bearer S3CRET`)', 'auth(`Bearer ${process.env.X}`)'],
    ['typescript', "auth('Bearer S3CRET')", "auth('Bearer ' + process.env.X)"],
    ['typescript', 'run("S3CRET now")', 'run(process.env.X + " now")'],
    ['typescript', "run('a S3CRET b')", "run('a ' + process.env.X + ' b')"],
    ['typescript', "say('it\\'s S3CRET')", "say('it\\'s ' + process.env.X)"],
    ['typescript', "// don't keep S3CRET here", "// don't keep process.env.X here"],
    ['typescript', 'const pem = `\nS3CRET\n`;', 'const pem = `\nprocess.env.X\n`;'],
    ['typescriptreact', '<Player token="S3CRET" />', '<Player token={process.env.X} />'],
    [
      'typescriptreact',
      '<Player\n  onEnd={() => 1}\n  token="S3CRET"',
      '<Player\n  onEnd={() => 1}\n  token={process.env.X}',
    ],
    ['typescriptreact', 'const a="S3CRET";', 'const a=process.env.X;'],
    ['vue', '<player token="S3CRET">', '<player token="${X}">'],
    ['vue', 'const token = "S3CRET"', 'const token = process.env.X'],
    ['python', 'TOKEN = "S3CRET"', 'TOKEN = os.environ["X"]'],
    ['python', "TOKEN = r'S3CRET'", 'TOKEN = os.environ["X"]'],
    ['python', 'KEY = """S3CRET"""', 'KEY = os.environ["X"]'],
    ['python', '"Authorization": "Bearer S3CRET",', '"Authorization": "Bearer " + os.environ["X"],'],
    ['ruby', "token = 'S3CRET'", 'token = ENV.fetch("X")'],
    ['ruby', 'auth "Bearer S3CRET"', 'auth "Bearer #{ENV.fetch("X")}"'],
    ['php', "$token = 'S3CRET';", "$token = getenv('X');"],
    ['php', '"Authorization: Bearer S3CRET"', '"Authorization: Bearer " . getenv(\'X\')'],
    ['go', 'token := "S3CRET"', 'token := os.Getenv("X")'],
    [
      'go',
      'req.Header.Set("Authorization", "Bearer S3CRET")',
      'req.Header.Set("Authorization", "Bearer " + os.Getenv("X"))',
    ],
    ['java', 'var token = "S3CRET";', 'var token = System.getenv("X");'],
    ['csharp', 'var token = @"S3CRET";', 'var token = Environment.GetEnvironmentVariable("X");'],
    ['rust', 'let token = "S3CRET";', 'let token = &std::env::var("X").unwrap();'],
    ['rust', '.header("Authorization", "Bearer S3CRET")', '.header("Authorization", "Bearer ${X}")'],
    ['shellscript', 'TOKEN=S3CRET', 'TOKEN=${X}'],
    ['shellscript', 'curl -H "Authorization: Bearer S3CRET"', 'curl -H "Authorization: Bearer ${X}"'],
    ['shellscript', "curl -H 'Authorization: Bearer S3CRET'", `curl -H 'Authorization: Bearer '"\${X}"''`],
    ['shellscript', "TOKEN='S3CRET'", 'TOKEN="${X}"'],
    ['dotenv', 'CLOUDFLARE_API_TOKEN=S3CRET', 'CLOUDFLARE_API_TOKEN=${X}'],
    ['properties', 'token="S3CRET"', 'token="${X}"'],
    ['powershell', "$token = 'S3CRET'", '$token = "$env:X"'],
    ['powershell', 'Say "Bearer S3CRET"', 'Say "Bearer $env:X"'],
    ['bat', 'set TOKEN=S3CRET', 'set TOKEN=%X%'],
    ['makefile', 'TOKEN := S3CRET', 'TOKEN := $(X)'],
    ['yaml', 'token: "S3CRET"', 'token: "${X}"'],
    ['github-actions-workflow', 'apiToken: S3CRET', 'apiToken: ${{ secrets.X }}'],
    ['jsonc', '{ "token": "S3CRET" }', '{ "token": "${X}" }'],
    ['html', '<stream token="S3CRET">', '<stream token="${X}">'],
    ['plaintext', 'S3CRET', '${X}'],
  ];
  for (const [language, before, after] of rows)
    it(`${language}: ${before}`, () => assert.equal(replaced(language, before), after));
});
