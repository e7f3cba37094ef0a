// The steps of the first start in words. Pure.
#pragma once

#include <string>

#include "pos/screens/settings/settings_rows.h"

namespace pos {

struct StepFace {
  const char* title;
  const char* explained;
  Section section;  // whose rows it shows; `devices`: it has a page of its own
};
const StepFace& face_of(SetupStep step);

// "Done", "Left out", "Still open", an English key.
const char* state_of(const core::Snapshot& till, SetupStep step);

// What the chosen country brings.
std::string country_words(const Scene& scene);

}  // namespace pos
