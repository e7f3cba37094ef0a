// Sets up the security device (TSE), step by step: what answers there, what a person wants of
// it, PUK and PINs typed twice and never shown, and how it went, in sentences that say what to
// do. It looks as the sheet that connects a platform. UI thread.
#pragma once

#include <string>
#include <vector>

#include "pos/screens/settings/connect_sheet.h"

namespace pos {

enum class SigningSecret : std::uint8_t { puk, admin_pin, time_admin_pin, api_key, api_secret };

enum class SigningSheetStep : std::uint8_t { look, choose, type, run };

struct SigningSheetInput {
  SigningSheetStep step = SigningSheetStep::look;
  SigningWish wish;
  std::vector<SigningSecret> secrets;  // that are asked for
  std::size_t at = 0;                  // of them
  bool is_again = false;               // typed for the second time
  std::string first;                   // what was typed before
  bool was_different = false;
  ConnectInput face;  // the text that is being typed
};

// The sheet, and the look at the device that it begins with.
struct OpenedSigningSheet {
  SigningSheetInput input;
  Reaction reaction;
};
OpenedSigningSheet open_signing_sheet();

ConnectView present(const Scene& scene, const SigningSheetInput& input);
SheetResult react(const ConnectTap& tap, const Scene& scene, SigningSheetInput& input);

}  // namespace pos
