// What the commands of the shop's day have in common about signing: an event begins and ends,
// and its steps are wanted. Each is inside the caller's transaction; the effects are for after
// its commit. Where no country asks for it, none of them does anything.
#pragma once

#include "core/till/till.h"

namespace core {

bool signs(const Till& till);

// A cart has its first line.
void begin_signing(Till& till, const Order& order, Effects& effects);
// It was left without a receipt.
void abort_signing(Till& till, Work& work, const Order& order, Effects& effects);
// An event has ended with this receipt, which is written and learns what it says of its
// signature. One that had no beginning begins and ends at once.
void sign_receipt(Till& till, Work& work, Receipt& receipt, Effects& effects);
void sign_cash(Till& till, Work& work, Receipt& receipt, Effects& effects);
void sign_closing(Till& till, Work& work, Receipt& receipt, std::int64_t z_number,
                  Effects& effects);

// The outages as they stand in the store.
void know_outages(Till& till);

// What the journal keeps of a transaction that has ended, signed or not.
void note_ending(Till& till, Work& work, const SigningTransaction& transaction);

// The step as the worker is told it.
SignStep step_of(Till& till, const SigningTransaction& transaction, SigningVerb verb);
// What is left to do of all transactions: what is unclear first, then the oldest.
Effects steps_left(Till& till);

}  // namespace core
