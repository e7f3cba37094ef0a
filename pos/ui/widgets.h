// All widgets, for screens.
#pragma once

#include "pos/ui/buttons.h"
#include "pos/ui/fields.h"
#include "pos/ui/icons.h"
#include "pos/ui/lists.h"
#include "pos/ui/notices.h"
#include "pos/ui/pads.h"
#include "pos/ui/panels.h"
#include "pos/ui/text.h"
#include "pos/ui/ui.h"
