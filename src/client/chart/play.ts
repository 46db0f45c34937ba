import type { Note, Score } from "./score.ts";

const waves: Record<Note["timbre"], OscillatorType> = { below: "square", in: "sine", above: "sawtooth" };
/** The richer a wave, the louder it seems. */
const loudness: Record<Note["timbre"], number> = { below: 0.07, in: 0.2, above: 0.06 };
const [tickHz, tickS, tickLoudness] = [2400, 0.02, 0.08];
const fadeS = 0.01;
/** Notes that touch are one sound that glides. */
const touchS = 0.01;

/**
 * Plays a score; `onProgress` hears from 0 to 1 how far it is, with every frame. Returns how to stop it;
 * `onEnd` hears whether it came to its end.
 */
export function play(
  score: Score,
  onProgress: (share: number) => void,
  onEnd: (isWhole: boolean) => void,
): () => void {
  const audio = new AudioContext();
  const beganS = audio.currentTime + 0.05;
  const sound = (type: OscillatorType, volume: number, atS: number, untilS: number) => {
    const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
    oscillator.type = type;
    gain.gain.setValueAtTime(0, beganS + atS);
    gain.gain.linearRampToValueAtTime(volume, beganS + atS + fadeS);
    gain.gain.setValueAtTime(volume, Math.max(beganS + atS + fadeS, beganS + untilS - fadeS));
    gain.gain.linearRampToValueAtTime(0, beganS + untilS);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(beganS + atS);
    oscillator.stop(beganS + untilS);
    return oscillator;
  };
  for (let i = 0; i < score.notes.length; ) {
    const first = score.notes[i] as Note;
    const run = [first];
    let untilS = first.atS + first.durationS;
    for (let next = score.notes[i + 1]; next; next = score.notes[i + run.length]) {
      if (next.timbre !== first.timbre || next.atS - untilS > touchS) break;
      run.push(next);
      untilS = next.atS + next.durationS;
    }
    const oscillator = sound(waves[first.timbre], loudness[first.timbre], first.atS, untilS);
    for (const { atS, frequencyHz } of run) oscillator.frequency.setValueAtTime(frequencyHz, beganS + atS);
    i += run.length;
  }
  for (const atS of score.ticksS)
    sound("triangle", tickLoudness, atS, atS + tickS).frequency.setValueAtTime(tickHz, beganS + atS);

  let frame = 0;
  let isOver = false;
  const end = (isWhole: boolean) => {
    if (isOver) return;
    isOver = true;
    cancelAnimationFrame(frame);
    void audio.close();
    onEnd(isWhole);
  };
  const follow = () => {
    const share = (audio.currentTime - beganS) / score.lengthS;
    if (share >= 1) return end(true);
    onProgress(Math.max(0, share));
    frame = requestAnimationFrame(follow);
  };
  frame = requestAnimationFrame(follow);
  return () => end(false);
}
