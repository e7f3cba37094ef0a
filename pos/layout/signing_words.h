// What is said of the security device on screens and by the command line. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/fiscal/signing.h"
#include "core/fiscal/signing_warnings.h"
#include "pos/layout/receipt_words.h"
#include "pos/ui/translate.h"

namespace pos {

std::string in_words(const core::SigningWarning& warning, const Words& words);
// Serial, certificate, signatures, room, clock, self-test, archive; times in the shop's zone.
std::vector<Fact> device_facts(const core::SigningDeviceFacts& device, const std::string& zone,
                               const Words& words);

}  // namespace pos
