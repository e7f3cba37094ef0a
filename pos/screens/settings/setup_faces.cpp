#include "pos/screens/settings/setup_faces.h"

#include <array>

#include "pos/ui/format.h"

namespace pos {

namespace {

constexpr std::array<StepFace, all_setup_steps.size()> faces{{
    {"Language and country", "They decide on taxes, currency and what a receipt must say.",
     Section::first_country},
    {"Your shop", "This stands on every receipt. The name is enough to begin with.",
     Section::first_shop},
    {"Articles", "From a file of your own or of Shopify, or a few by hand.", Section::devices},
    {"Receipt printer",
     "Choose how it is connected, then print the set-up slip and say which line shows the umlauts.",
     Section::printer},
    {"Card terminal", "Choose its kind and address, then test the connection.", Section::terminal},
    {"Platform", "The online shop whose orders come here, and which learns of sales.",
     Section::upstream},
    {"Mail server", "Receipts and order mails go through it.", Section::mail},
    {"Staff", "Who sells here, and what they may do. Begin with yourself, as a manager.",
     Section::staff},
    {"The first float", "What lies in the drawer. With it the first shift is opened.",
     Section::devices},
}};

}  // namespace

const StepFace& face_of(SetupStep step) {
  return faces[static_cast<std::size_t>(step)];
}

const char* state_of(const core::Snapshot& till, SetupStep step) {
  if (!is_done(till, step)) return "Still open";
  return is_left_out(till.settings, step) ? "Left out" : "Done";
}

std::string country_words(const Scene& scene) {
  const Words& words = scene.words;
  const core::Settings& settings = scene.till.settings;
  if (settings.shop.country.empty()) {
    return std::string(words("Choose the country first: it brings the tax rates."));
  }
  std::string rates;
  for (const core::TaxRate& rate : settings.money.rates) {
    if (!rate.valid_until.empty()) continue;
    const std::string text = percent_text(rate.rate, words.language());
    if (rates.find(text) == std::string::npos) rates += (rates.empty() ? "" : " · ") + text;
  }
  std::string told = words.fill("Tax rates: {}.", {rates});
  if (settings.shop.country == "DE") {
    told += " ";
    told += words(
        "In Germany every receipt is signed by a security device (TSE); without one nothing can "
        "be sold. Software tries it out: TEST stands on every receipt.");
  }
  return told;
}

}  // namespace pos
