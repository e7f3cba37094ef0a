// How ways of taxing are told people: "19 %", "0 % exempt from tax". Two may have one rate.
#pragma once

#include <string>

#include "core/tax/tax.h"
#include "pos/ui/translate.h"

namespace pos {

std::string tax_words(const core::Taxed& taxed, const Words& words);
// What sets one apart from others of its rate: why no tax is on it, or the shop's own key;
// empty: nothing has to be said.
std::string tax_note(const core::Taxed& taxed, const Words& words);

}  // namespace pos
