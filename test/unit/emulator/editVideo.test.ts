import assert from 'node:assert/strict';
import { createAccounts } from '../../emulator/accounts';
import { editVideo } from '../../emulator/editVideo';
import type { EmulatedVideo } from '../../emulator/video';

const NOW = Date.parse('2026-11-23T12:00:00Z');

const original = createAccounts()[0]?.videos.find(({ meta }) => meta.name === 'Onboarding tour');

function tour(): EmulatedVideo {
  assert.ok(original);
  return structuredClone(original);
}

describe('emulator: edit a video', () => {
  it('changes what was sent and leaves the rest', () => {
    const video = tour();
    const before = structuredClone(video);
    const body = {
      requireSignedURLs: false,
      allowedOrigins: ['*.example.com', 'localhost:8080'],
      scheduledDeletion: '2027-01-01T00:00:00Z',
    };
    const answer = editVideo(video, body, NOW);
    assert.equal(answer.status, 200);
    assert.deepEqual(video, { ...before, ...body, modified: '2026-11-23T12:00:00.000Z' });
    assert.deepEqual(JSON.parse(String(answer.body)).result, video);
    editVideo(video, { scheduledDeletion: null }, NOW);
    assert.ok(!('scheduledDeletion' in video));
  });

  const wrong: readonly (readonly [Record<string, unknown> | undefined, string])[] = [
    [undefined, ''],
    [{ requireSignedURLs: 'true' }, '/requireSignedURLs'],
    [{ allowedOrigins: 'example.com' }, '/allowedOrigins'],
    [{ allowedOrigins: ['https://example.com/'] }, '/allowedOrigins'],
    [{ meta: 'name' }, '/meta'],
    [{ creator: 'c'.repeat(65) }, '/creator'],
    [{ scheduledDeletion: '2026-09-30T00:00:00Z' }, '/scheduledDeletion'],
    [{ scheduledDeletion: 'soon' }, '/scheduledDeletion'],
    [{ thumbnailTimestampPct: 1.1 }, '/thumbnailTimestampPct'],
    [{ maxDurationSeconds: 0 }, '/maxDurationSeconds'],
    [{ uploadExpiry: 5 }, '/uploadExpiry'],
    [{ publicDetails: [] }, '/publicDetails'],
    [{ uid: 'f'.repeat(32) }, '/uid'],
    [{ requireSignedURLs: false, creator: 7 }, '/creator'],
  ];
  for (const [body, pointer] of wrong) {
    it(`refuses ${JSON.stringify(body)?.slice(0, 60)} and changes nothing`, () => {
      const video = tour();
      const before = structuredClone(video);
      const answer = editVideo(video, body, NOW);
      assert.deepEqual([answer.status, JSON.parse(String(answer.body)).errors[0].source.pointer], [400, pointer]);
      assert.deepEqual(video, before);
    });
  }
});
