import { afterEach, describe, expect, it } from 'vitest';
import { inEnglish, speak } from '../l10n/words.js';
import { explanationPage } from './explanationPage.js';

const token = (text: string, probability: number, layers = 24) => ({ text, probability, layers });

afterEach(() => speak(inEnglish, 'en'));

describe('explanationPage', () => {
  it('lets no text of a document become markup', () => {
    const page = explanationPage({
      outcome: '<b>Suggested</b>',
      tokens: [token('<script>alert("x")</script>', 0.9)],
      figures: ['a & b'],
    });
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<b>Suggested');
    expect(page).toContain('&#60;script&#62;');
    expect(page).toContain('a &#38; b');
  });

  it('forbids everything but its own styles', () => {
    const page = explanationPage({ outcome: '', tokens: [], figures: [] });
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('writes numbers as the language does', () => {
    speak(inEnglish, 'de');
    const page = explanationPage({ outcome: '', tokens: [token('bad', 0.034)], figures: [] });
    expect(page).toContain('<td class="number">3,4 %</td>');
  });

  it('says in words what the colours say', () => {
    const page = explanationPage({
      outcome: 'Suggested.',
      tokens: [token('sure', 0.95), token('so', 0.6, 20), token('bad', 0.03)],
      figures: [],
    });
    expect(page).toContain('<span class="">sure</span>');
    expect(page).toContain('<span class="early unsure">so</span>');
    expect(page).toContain('<span class="doubtful">bad</span>');
    expect(page).toMatch(/<td>bad<\/td><td class="number">3\.0 %<\/td><td>doubtful<\/td>/);
  });
});
