// The entry: every check that `#[ndis_callback]` makes, in the same order, with the same consequences. The run-time
// bench leaves one out after the other; the lines for that are not part of what is compiled elsewhere.
macro_rules! hand_entry {
    ($function:expr, $entry:ident) => {
        pub unsafe extern "system" fn $entry(
            context: NDIS_HANDLE,
            parameters: PNDIS_SHARED_MEMORY_PARAMETERS,
            out: PNDIS_HANDLE,
        ) -> NDIS_STATUS {
            let irql = level();
            let result = guard(context, || {
                #[cfg(not(without = "null"))]
                if out.is_null() {
                    return refuse(Kind::Null);
                }
                #[cfg(not(without = "alignment"))]
                if !out.is_aligned() {
                    return refuse(Kind::Misaligned);
                }
                // SAFETY: the out pointer is valid.
                unsafe { out.write(null_mut()) };
                #[cfg(not(without = "irql"))]
                if irql != Irql::PASSIVE {
                    return refuse(Kind::Irql);
                }
                let pool = context.cast::<Cell<Pool>>();
                #[cfg(not(without = "null"))]
                if pool.is_null() {
                    return refuse(Kind::Null);
                }
                #[cfg(not(without = "alignment"))]
                if !pool.is_aligned() {
                    return refuse(Kind::Misaligned);
                }
                // SAFETY: a context of this driver begins with its type.
                #[cfg(not(without = "type"))]
                if unsafe { (&raw const (*pool).value_type).read() } != TypeId::of::<Pool>() {
                    return refuse(Kind::Foreign);
                }
                // SAFETY: it is one of this type.
                let pool = unsafe { &*pool };
                #[cfg(not(without = "poison"))]
                if pool.poisoned.load(Ordering::Acquire) {
                    return refuse(Kind::Poisoned);
                }
                #[cfg(without = "null")] let parameters = /* SAFETY: it is none. */ unsafe { NonNull::new_unchecked(parameters) };
                #[cfg(not(without = "null"))]
                let Some(parameters) = NonNull::new(parameters) else { return refuse(Kind::Null) };
                #[cfg(not(without = "alignment"))]
                if !parameters.is_aligned() {
                    return refuse(Kind::Misaligned);
                }
                // SAFETY: every such structure begins with a header.
                let header = unsafe { parameters.cast::<NDIS_OBJECT_HEADER>().read() };
                #[cfg(not(without = "header"))]
                if header.Type != NDIS_OBJECT_TYPE_DEFAULT
                    || header.Size < NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1
                {
                    return refuse(Kind::Header);
                }
                let staged = Staged::default();
                let mut request = Request { parameters, staged: &staged };
                #[cfg(not(without = "list"))]
                if request.capacity() > 0 {
                    let list = field!(request, SGListBuffer);
                    if list.is_null() || !list.is_aligned() {
                        return refuse(Kind::Null);
                    }
                }
                match $function(&pool.value, &mut request) {
                    Ok(block) => {
                        #[cfg(not(without = "irql"))]
                        if level() != irql {
                            return refuse(Kind::Irql);
                        }
                        // SAFETY: this call staged it.
                        if !unsafe { commit(&staged, &block) } {
                            return refuse(Kind::NotFilled);
                        }
                        // SAFETY: the out pointer is valid.
                        unsafe { out.write(block.into_raw()) };
                        NDIS_STATUS_SUCCESS
                    }
                    Err(error) => {
                        let status = status(error);
                        #[cfg(not(without = "irql"))]
                        if level() != irql {
                            return refuse(Kind::Irql);
                        }
                        status
                    }
                }
            });
            match result {
                Ok(status) => status,
                Err(payload) => panicked(context, payload, irql),
            }
        }
    };
}
