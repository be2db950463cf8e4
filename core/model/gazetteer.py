#!/usr/bin/env python3
"""Make the word lists of core/gazetteer from data packages of Debian.

usage: gazetteer.py [-C DIR] [--root ROOT]

DIR takes the lists (this folder); ROOT is where the packages are unpacked (/).  Each list holds one name a
line, in order of its bytes, without doubles; NOTICE.md beside them says where each comes from and under which
licence.  The lists are data, so they are taken with what the distribution has rather than written by hand; a
list changes when its package does, and the model is trained again then.
"""
import argparse, ast, glob, gettext, json, os, re, unicodedata

GREEK_AND_CYRILLIC = re.compile('[\u0370-\u052f]')
CYRILLIC = dict(zip('абвгдезийклмнопрстуфыэіїєґў', 'a b v g d e z i y k l m n o p r s t u f y e i yi ye g u'.split()))
CYRILLIC |= {'ё': 'yo', 'ж': 'zh', 'х': 'kh', 'ц': 'ts', 'ч': 'ch', 'ш': 'sh', 'щ': 'shch', 'ъ': '', 'ь': '', 'ю': 'yu', 'я': 'ya'}


def romanised(name):
    """A Cyrillic name as English papers write it; None for the scripts that need more than letters."""
    low = ''.join(CYRILLIC.get(c, c) for c in name.lower())
    if low.endswith('iy'): low = low[:-2] + 'y'
    return low.title() if name[:1].isupper() else low


def folded(name):
    plain = unicodedata.normalize('NFD', name)
    return ''.join(c for c in plain if not unicodedata.combining(c)).lower()


def usable(name):
    """Two letters and more, Latin, begins with a capital somewhere, at most six words."""
    return (len(name) > 1 and len(name.split()) <= 6 and re.search('[A-ZÀ-ÞĀ-Ž]', name) is not None
            and all(ord(c) < 0x250 or 0x1e00 <= ord(c) < 0x1f00 or ord(c) in (0x2018, 0x2019, 0x327) for c in name)
            and not re.search(r'[\d(),/;:|]', name))


class Lists(dict):
    def add(self, kind, name):
        name = ' '.join(name.replace('\u2019', "'").replace('\u2018', "'").split())
        if usable(name): self.setdefault(kind, {}).setdefault(folded(name), name)


def iso_codes(root, out):
    folder = os.path.join(root, 'usr/share/iso-codes/json')
    for row in json.load(open(f'{folder}/iso_3166-1.json'))['3166-1']:
        for key in ('name', 'official_name', 'common_name'):
            if key in row: out.add('countries', row[key].split(',')[0])
    for row in json.load(open(f'{folder}/iso_3166-3.json'))['3166-3']:
        out.add('countries', row['name'].split(',')[0])
    for row in json.load(open(f'{folder}/iso_3166-2.json'))['3166-2']:
        for part in re.split(r'[\[\]/]', row['name']): out.add('regions', part.strip())
    for row in json.load(open(f'{folder}/iso_639-2.json'))['639-2']:
        for part in row['name'].split(';'):
            if ' ' not in part.strip(): out.add('peoples', part.strip())


def geonames(root, out):
    path = os.path.join(root, 'usr/share/locale/en/LC_MESSAGES/geonames.mo')
    for key, name in gettext.GNUTranslations(open(path, 'rb'))._catalog.items():
        if not key: continue
        kind = 'cities' if key.isdigit() else 'countries' if len(key) == 2 else 'regions'
        for part in re.split(r' / |/', re.sub(r'\(.*?\)', '', name)): out.add(kind, part.strip())


def link_grammar(root, out):
    folder = os.path.join(root, 'usr/share/link-grammar/en/words')
    for path in glob.glob(f'{folder}/entities.given-*.sing'):
        for word in open(path, encoding='utf-8').read().split(): out.add('given', word.split('.')[0])
    for word in open(f'{folder}/entities.us-states.sing', encoding='utf-8').read().split():
        out.add('regions', re.sub(r'\.[a-z]$', '', word))


def wordnet(root, out):
    folder = os.path.join(root, 'usr/share/wordnet')
    kinds = {'14': 'organisations', '15': 'places', '17': 'places', '18': 'people'}
    for path in ('data.noun', 'data.adj'):
        for line in open(f'{folder}/{path}', encoding='utf-8'):
            if line.startswith(' '): continue
            part = line.split('|')[0].split()
            words = [re.sub(r'\(.*\)$', '', w).replace('_', ' ') for w in part[4:4 + 2 * int(part[3], 16):2]]
            instance = '@i' in part
            for word in words:
                if instance and part[1] in kinds: out.add(kinds[part[1]], word)
                elif not instance and part[1] in ('18', '01', '00', '10') and ' ' not in word and len(word) > 3 and word[1:].islower():
                    out.add('peoples', word)
                if instance and part[1] == '18' and ' ' in word:
                    out.add('surnames', word.split()[-1]); out.add('given', word.split()[0])


def synsets(path):
    """Of a file of WordNet: address to (words, pointers, number of the lexicographer's file)."""
    out = {}
    for line in open(path, encoding='utf-8'):
        if line.startswith(' '): continue
        part = line.split('|')[0].split()
        n = int(part[3], 16)
        words = [re.sub(r'\(.*\)$', '', w).replace('_', ' ') for w in part[4:4 + 2 * n:2]]
        at = 4 + 2 * n
        out[part[0]] = words, [tuple(part[i:i + 4]) for i in range(at + 1, at + 1 + 4 * int(part[at]), 4)], part[1]
    return out


def alike(a, b):
    """How many letters two names begin with alike."""
    return len(os.path.commonprefix([folded(a), folded(b)]))


def demonyms(root, out):
    """What the people, the language and the things of a place are called, a tab, the place: "dutch", "netherlands".

    WordNet ties the adjective to the place it pertains to and the inhabitants to the place whose members they are.  Of
    several names of the place the one is taken that begins like the word, that of a country today first; a word for a
    people of several places is left out.
    """
    path = os.path.join(root, 'usr/share/locale/en/LC_MESSAGES/geonames.mo')
    countries = {name for key, name in gettext.GNUTranslations(open(path, 'rb'))._catalog.items() if len(key) == 2}
    path = os.path.join(root, 'usr/share/iso-codes/json/iso_3166-1.json')
    for row in json.load(open(path))['3166-1']: countries |= {row[key] for key in ('name', 'official_name') if key in row}
    folder = os.path.join(root, 'usr/share/wordnet')
    nouns, found = synsets(f'{folder}/data.noun'), {}
    for path, mark in ((f'{folder}/data.adj', '\\'), (f'{folder}/data.noun', '#m')):
        for words, pointers, kind in synsets(path).values():
            for sign, address, part, ends in pointers:
                if sign != mark or part != 'n' or nouns[address][2] != '15' or (mark == '#m' and kind != '18'): continue
                source = int(ends[:2], 16)
                for i, word in enumerate(words):
                    if word[0].isupper() and source in (0, i + 1): found.setdefault(word, set()).add(tuple(nouns[address][0]))
    for place in ('Europe', 'Africa', 'Asia'): found[place.rstrip('a') + 'an'] = {(place,)}
    for word, places in found.items():
        names = [name for place in sorted(places) for name in place if '.' not in name]
        best = max(names, key=lambda name: (min(alike(word, name), 2), name in countries, -len(name.split()), min(alike(word, name), 3)))
        if len(places) == 1 and alike(word, best) < 2: best = next(iter(places))[0]
        if (len(places) == 1 or alike(word, best) >= 3) and folded(best) != folded(word):
            out.setdefault('demonyms', {})[folded(word)] = f'{folded(word)}\t{folded(best)}'


def faker(root, out):
    folder = os.path.join(root, 'usr/lib/python3/dist-packages/faker/providers')
    for path in sorted(glob.glob(f'{folder}/person/*/__init__.py')):
        for node in ast.walk(ast.parse(open(path, encoding='utf-8').read())):
            if not isinstance(node, ast.Assign): continue
            target = getattr(node.targets[0], 'id', '')
            kind = 'surnames' if 'last_name' in target else 'given' if 'first_name' in target else None
            if not kind or 'prefix' in target or 'suffix' in target: continue
            for leaf in ast.walk(node.value):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                    name = leaf.value.strip()
                    if re.search('[\u0400-\u052f]', name): name = romanised(name)
                    if ' ' not in name: out.add(kind, name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('-C', dest='folder', default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument('--root', default='/')
    args = parser.parse_args()
    out = Lists()
    for source in (iso_codes, geonames, link_grammar, wordnet, demonyms, faker): source(args.root, out)
    for kind, names in sorted(out.items()):
        with open(os.path.join(args.folder, kind + '.txt'), 'w', encoding='utf-8') as f:
            f.writelines(name + '\n' for name in sorted(names.values(), key=lambda n: n.encode()))
        print(f'{kind:<16}{len(names):>7}')


if __name__ == '__main__':
    main()
