// The keys of a pad, as every screen takes them. Pure.
#pragma once

#include "pos/desk/scene.h"
#include "pos/ui/keyed.h"
#include "pos/ui/pads.h"

namespace pos {

// How an amount of this currency is keyed.
ui::Keying amount_keying(core::Currency currency);

// What the key does to the entry. The reaction is empty, or refuses the key.
Reaction key_in(ui::PadKey key, ui::Keyed& keyed, const ui::Keying& how, const Words& words);
Reaction key_in(ui::PadKey key, std::string& pin, const Words& words);

// How long no PIN is looked at after too many wrong ones; 0: they are.
std::int64_t locked_seconds(const Scene& scene);

}  // namespace pos
